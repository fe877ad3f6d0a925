#include "store/mongodb/commands.hpp"

#include "base/server_code.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {
namespace {

// A command is one document of at most 16 MiB; half of it leaves room for a single large document.
constexpr std::size_t most_bytes_of_a_batch = 8U * 1024 * 1024;
constexpr std::size_t most_documents_of_a_batch = 1'000;
constexpr std::int32_t documents_of_a_batch = 1'000;

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

std::optional<WriteError> write_error_of(const bson::Document& reply) {
    const auto errors = reply.find("writeErrors");
    if (!errors) return std::nullopt;
    const bson::DocumentView all = bson::elements(*errors);
    if (all.begin() == all.end()) return std::nullopt;
    const bson::DocumentView error = bson::elements(*all.begin());
    const auto code = error.find("code");
    const auto text = error.find("errmsg");
    return WriteError{code ? static_cast<int>(code->integer().value_or(0)) : 0,
                      std::string(text ? text->string().value_or("") : "")};
}

Error refused_write(const WriteError& error) {
    if (error.code == server_code::duplicate_key) return refused_duplicate(error.message);
    return {ErrorCode::store_failed, "the store (MongoDB) refuses a write: " + error.message};
}

Error outcome_unknown() {
    return {ErrorCode::not_ready,
            "the store did not say whether the change was made: look before you ask again"};
}

Error refused_duplicate(std::string_view text) {
    return {ErrorCode::already_exists, "the store refuses a duplicate: " + std::string(text)};
}

std::int64_t number_of(const bson::Document& reply) {
    const auto n = reply.find("n");
    return n ? n->integer().value_or(0) : 0;
}

Result<std::vector<bson::Document>> Commands::find(const char* collection, const Question& question) {
    bson::Builder command;
    put_all(command, "find", collection, "filter", question.filter);
    if (!question.sort.empty()) command.add("sort", question.sort);
    if (!question.fields.empty()) command.add("projection", question.fields);
    if (question.skip > 0) command.add("skip", question.skip);
    if (question.limit > 0) command.add("limit", question.limit);
    command.add("batchSize", documents_of_a_batch);
    return drain(command.take());
}

Result<std::optional<bson::Document>> Commands::find_one(const char* collection, const bson::Document& filter,
                                                         const bson::Document& fields) {
    MIM_TRY(found, find(collection, {.filter = filter, .sort = {}, .fields = fields, .skip = 0, .limit = 1}));
    if (found.empty()) return std::optional<bson::Document>();
    return std::optional<bson::Document>(std::move(found.front()));
}

Result<std::vector<bson::Document>> Commands::aggregate(const char* collection,
                                                        const bson::Document& pipeline) {
    const auto cursor = fields("batchSize", documents_of_a_batch);
    return drain(fields("aggregate", collection, "pipeline", ArrayOf{pipeline}, "cursor", cursor));
}

Done Commands::insert(const char* collection, const std::vector<bson::Document>& documents) {
    return in_batches(documents, [&](const ArrayOf& batch) -> Done {
        MIM_CHECK(write(fields("insert", collection, "documents", batch, "ordered", true)));
        return {};
    });
}

Done Commands::put(const char* collection, const std::vector<bson::Document>& documents) {
    std::vector<Upsert> replacements;
    replacements.reserve(documents.size());
    for (const auto& document : documents)
        replacements.push_back({fields("_id", *document.find("_id")), document});
    return upsert(collection, replacements);
}

Done Commands::upsert(const char* collection, const std::vector<Upsert>& changes) {
    std::vector<bson::Document> updates;
    updates.reserve(changes.size());
    for (const auto& each : changes)
        updates.push_back(fields("q", each.filter, "u", each.change, "upsert", true));
    return in_batches(updates, [&](const ArrayOf& batch) -> Done {
        MIM_CHECK(write(fields("update", collection, "updates", batch, "ordered", true)));
        return {};
    });
}

Result<std::int64_t> Commands::update(const char* collection, const bson::Document& filter,
                                      const bson::Document& change, Several several) {
    const auto update = fields("q", filter, "u", change, "multi", several == Several::all);
    MIM_TRY(reply, write(fields("update", collection, "updates", documents(update))));
    return number_of(reply);
}

Result<std::int64_t> Commands::remove(const char* collection, const bson::Document& filter, Several several) {
    const auto removal = fields("q", filter, "limit", several == Several::one ? 1 : 0);
    MIM_TRY(reply, write(fields("delete", collection, "deletes", documents(removal))));
    return number_of(reply);
}

Result<std::optional<bson::Document>> Commands::find_and_modify(const char* collection,
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
