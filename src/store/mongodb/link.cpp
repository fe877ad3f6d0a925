#include "store/mongodb/link.hpp"

#include "base/server_code.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {
namespace {

using drivers::mongoc::Command;
using drivers::mongoc::Nature;

// A command is one document of at most 16 MiB; half of it leaves room for a single large document.
constexpr std::size_t most_bytes_of_a_batch = 8U * 1024 * 1024;
constexpr std::size_t most_documents_of_a_batch = 1'000;
constexpr std::int32_t documents_of_a_batch = 1'000;

Error already_exists(std::string_view text) {
    return {ErrorCode::already_exists, "the store refuses a duplicate: " + std::string(text)};
}

// The first write error of a reply, if any.
Done judge(const bson::Document& reply) {
    const auto errors = reply.find("writeErrors");
    if (!errors) return {};
    for (const auto item : bson::elements(*errors)) {
        const bson::DocumentView error = bson::elements(item);
        const auto code = error.find("code");
        const auto text = error.find("errmsg");
        const std::string_view message = text ? text->string().value_or("") : "";
        if (code && code->integer() == server_code::duplicate_key) return already_exists(message);
        return Error(ErrorCode::store_failed, "the store (MongoDB) refuses a write: " + std::string(message));
    }
    return {};
}

std::int64_t number_of(const bson::Document& reply) {
    const auto n = reply.find("n");
    return n ? n->integer().value_or(0) : 0;
}

// Hands `documents` to `send(const ArrayOf&) -> Done` in order, as many at once as a command takes.
template <class Send>
Done in_batches(const std::vector<bson::Document>& documents, const Send& send) {
    bson::Array batch;
    std::size_t bytes = 0;
    for (const auto& document : documents) {
        const bool full = bytes + document.bytes().size() > most_bytes_of_a_batch ||
                          batch.size() == most_documents_of_a_batch;
        if (full && batch.size() > 0) {
            MIM_CHECK(send(ArrayOf{batch.take()}));
            bytes = 0;
        }
        bytes += document.bytes().size();
        batch.add(document.view());
    }
    if (batch.size() == 0) return {};
    return send(ArrayOf{batch.take()});
}

}  // namespace

Result<std::shared_ptr<Link>> Link::open(const Secret& uri, const drivers::mongoc::PoolSettings& settings,
                                         std::chrono::milliseconds patience) {
    MIM_TRY(parsed, drivers::mongoc::Uri::parse(uri));
    std::string database = parsed.database();
    if (database.empty()) database = default_database;
    auto pool = drivers::mongoc::Pool::open(parsed, settings);
    if (!pool && !pool.error().fields.empty()) return std::move(pool).error();
    if (!pool) return Error(ErrorCode::not_ready, "the store (MongoDB): " + pool.error().message);
    return std::shared_ptr<Link>(new Link(std::move(*pool), std::move(database), patience));
}

Error Link::of_the_store(const Error& error) const {
    if (error.server && error.server->code == server_code::duplicate_key)
        return already_exists(error.server->message);
    const bool away = error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout;
    if (away && hosts_ == Hosts::hidden) return {ErrorCode::not_ready, "the store cannot be reached"};
    return {away ? ErrorCode::not_ready : ErrorCode::store_failed, "the store (MongoDB): " + error.message};
}

Result<bson::Document> Link::run(const bson::Document& command, Nature nature) {
    if (nature == Nature::write) return write(command);
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->run(Command{database_, command}, Deadline::after(patience_)));
}

Result<bson::Document> Link::run_on_admin(const bson::Document& command) {
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->run(Command{"admin", command}, Deadline::after(patience_)));
}

Result<bson::Document> Link::write(const bson::Document& command) {
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    MIM_TRY(reply,
            ours(client->write(Command{database_, command, Nature::write}, Deadline::after(patience_))));
    MIM_CHECK(judge(reply));
    return reply;
}

Result<std::vector<bson::Document>> Link::find(const char* collection, const Question& question) {
    bson::Builder command;
    put_all(command, "find", collection, "filter", question.filter);
    if (!question.sort.empty()) command.add("sort", question.sort);
    if (!question.fields.empty()) command.add("projection", question.fields);
    if (question.skip > 0) command.add("skip", question.skip);
    if (question.limit > 0) command.add("limit", question.limit);
    command.add("batchSize", documents_of_a_batch);
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->drain(Command{database_, command.take()}, Deadline::after(patience_)));
}

Result<std::optional<bson::Document>> Link::find_one(const char* collection, const bson::Document& filter,
                                                     const bson::Document& fields) {
    MIM_TRY(found, find(collection, {.filter = filter, .sort = {}, .fields = fields, .skip = 0, .limit = 1}));
    if (found.empty()) return std::optional<bson::Document>();
    return std::optional<bson::Document>(std::move(found.front()));
}

Result<std::int64_t> Link::count(const char* collection, const bson::Document& filter) {
    MIM_TRY(reply, run(fields("count", collection, "query", filter), Nature::read));
    return number_of(reply);
}

Result<std::vector<bson::Document>> Link::aggregate(const char* collection, const bson::Document& pipeline) {
    const auto cursor = fields("batchSize", documents_of_a_batch);
    const auto command = fields("aggregate", collection, "pipeline", ArrayOf{pipeline}, "cursor", cursor);
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->drain(Command{database_, command}, Deadline::after(patience_)));
}

Done Link::insert(const char* collection, const std::vector<bson::Document>& documents) {
    return in_batches(documents, [&](const ArrayOf& batch) -> Done {
        MIM_CHECK(write(fields("insert", collection, "documents", batch, "ordered", true)));
        return {};
    });
}

Done Link::put(const char* collection, const std::vector<bson::Document>& documents) {
    std::vector<bson::Document> replacements;
    replacements.reserve(documents.size());
    for (const auto& document : documents) {
        const auto id = fields("_id", *document.find("_id"));
        replacements.push_back(fields("q", id, "u", document, "upsert", true));
    }
    return in_batches(replacements, [&](const ArrayOf& batch) -> Done {
        MIM_CHECK(write(fields("update", collection, "updates", batch, "ordered", true)));
        return {};
    });
}

Result<std::int64_t> Link::update(const char* collection, const bson::Document& filter,
                                  const bson::Document& change, Several several) {
    const auto update = fields("q", filter, "u", change, "multi", several == Several::all);
    MIM_TRY(reply, write(fields("update", collection, "updates", documents(update))));
    return number_of(reply);
}

Result<std::int64_t> Link::remove(const char* collection, const bson::Document& filter, Several several) {
    const auto removal = fields("q", filter, "limit", several == Several::one ? 1 : 0);
    MIM_TRY(reply, write(fields("delete", collection, "deletes", documents(removal))));
    return number_of(reply);
}

Result<std::optional<bson::Document>> Link::find_and_modify(const char* collection,
                                                            const bson::Document& filter,
                                                            const bson::Document& change, Answer answer) {
    MIM_TRY(reply, write(fields("findAndModify", collection, "query", filter, "update", change, "new",
                                answer == Answer::after)));
    const auto value = reply.find("value");
    const auto document = value ? value->document() : std::nullopt;
    if (!document) return std::optional<bson::Document>();
    return std::optional<bson::Document>(bson::Document(*document));
}

}  // namespace mim::store::mongodb
