// insert, update, delete: enough to fill collections and to meet unique indexes.
#include <array>

#include "base/id.hpp"
#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/update.hpp"
#include "sandbox/query/filter.hpp"

namespace mim::sandbox::commands {
namespace {

using Documents = std::vector<bson::Document>;

// The outcome of a write command: counts, and an error for each statement that failed.
struct Outcome {
    std::int32_t n = 0;
    std::int32_t modified = 0;
    bson::Array errors;
    bson::Array upserted;

    void fail(std::int32_t position, const Refusal& refusal) {
        bson::Builder error;
        error.add("index", position).add("code", refusal.code).add_all(refusal.details);
        errors.add(error.add("errmsg", refusal.message).take());
    }
};

Answer<catalog::Collection*> collection_to_write(Instance& instance, const catalog::Name& name) {
    auto* collection = instance.catalog.find(name);
    if (collection == nullptr) {
        if (const auto bad = index::check_collection_name(name.collection)) return refuse(*bad);
        return &instance.catalog.create(name, {});
    }
    return existing_not_view(instance, name);
}

bson::Document with_id(bson::DocumentView document) {
    const auto id = document.find("_id");
    bson::Builder result;
    if (id) {
        result.add("_id", *id);
    } else {
        result.add_object_id("_id", generate_id_digits());
    }
    return result.add_all(bson::without(document, {"_id"})).take();
}

Answer<bool> is_ordered(const Arguments& arguments, const Request& request) {
    MIM_TRY(ordered, arguments.flag("ordered"));
    return ordered || !request.body.contains("ordered");
}

// Runs the statement for each element of the list; stops at the first failure when they are ordered.
template <class Statement>
Answer<Outcome> run_all(const Arguments& arguments, const Request& request, const char* field,
                        Statement statement) {
    MIM_TRY(list, arguments.array(field));
    if (!list) return arguments.missing(field);
    MIM_TRY(ordered, is_ordered(arguments, request));
    Outcome outcome;
    std::int32_t position = 0;
    for (const auto element : *list) {
        if (element.type() != bson::Type::document)
            return refuse(server_code::type_mismatch, std::string(field) + " must be an array of objects");
        const Accepted done = statement(*element.document(), position, outcome);
        if (!done) outcome.fail(position, done.error());
        ++position;
        if (!done && ordered) break;
    }
    if (position == 0) return refuse(21, "Write batch sizes must be between 1 and 100000. Got 0 operations.");
    return outcome;
}

Reply insert(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(
        arguments.only({"documents", "ordered", "bypassDocumentValidation", "bypassEmptyTsReplacement"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(collection, collection_to_write(instance, name));
    const auto statement = [&](bson::DocumentView document, std::int32_t, Outcome& into) -> Accepted {
        MIM_CHECK(collection->insert(with_id(document)));
        ++into.n;
        return {};
    };
    MIM_TRY(outcome, run_all(arguments, request, "documents", statement));
    bson::Builder reply;
    reply.add("n", outcome.n);
    if (outcome.errors.size() > 0) reply.add_array("writeErrors", outcome.errors.take());
    return reply.take();
}

struct Statement {
    query::Filter filter;
    bson::Document change;
    enum class Reach { one, all } reach = Reach::one;
    enum class WhenMissing { nothing, insert } when_missing = WhenMissing::nothing;
};

Answer<Statement> read_update(bson::DocumentView element) {
    const auto filter = element.find("q"), change = element.find("u");
    const auto multi = element.find("multi"), upsert = element.find("upsert");
    if (!filter || !filter->document() || !change)
        return refuse(server_code::missing_field, "an update needs q and u");
    if (change->type() != bson::Type::document)
        return refuse(server_code::not_implemented, "the sandbox knows no update pipelines");
    Statement statement;
    MIM_TRY(parsed, query::Filter::parse(*filter->document()));
    statement.filter = std::move(parsed);
    statement.change = bson::Document(*change->document());
    if (multi && multi->truthy()) statement.reach = Statement::Reach::all;
    if (upsert && upsert->truthy()) statement.when_missing = Statement::WhenMissing::insert;
    return statement;
}

Accepted upsert(catalog::Collection& collection, const Statement& statement, std::int32_t position,
                Outcome& into) {
    bson::Builder start;
    for (const auto field : statement.filter.source()) {
        if (!field.key().starts_with('$') && field.type() != bson::Type::document)
            start.add(field.key(), field);
    }
    MIM_TRY(document, updated(start.take(), statement.change, Occasion::upsert));
    const auto complete = with_id(document);
    MIM_CHECK(collection.insert(complete));
    ++into.n;
    into.upserted.add(bson::Builder().add("index", position).add("_id", *complete.find("_id")).take());
    return {};
}

Accepted update_one_statement(catalog::Collection& collection, const Statement& statement,
                              std::int32_t position, Outcome& into) {
    Documents documents = collection.documents();
    std::int32_t matched = 0, modified = 0;
    for (auto& document : documents) {
        if (!statement.filter.matches(document)) continue;
        MIM_TRY(next, updated(document, statement.change, Occasion::update));
        ++matched;
        if (!(next == document)) ++modified;
        document = std::move(next);
        if (statement.reach == Statement::Reach::one) break;
    }
    if (matched == 0 && statement.when_missing == Statement::WhenMissing::insert)
        return upsert(collection, statement, position, into);
    if (modified > 0) MIM_CHECK(collection.replace_all(std::move(documents)));
    into.n += matched;
    into.modified += modified;
    return {};
}

Reply update(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"updates", "ordered", "bypassDocumentValidation", "let"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(collection, collection_to_write(instance, name));
    const auto each = [&](bson::DocumentView element, std::int32_t position, Outcome& into) -> Accepted {
        MIM_TRY(statement, read_update(element));
        return update_one_statement(*collection, statement, position, into);
    };
    MIM_TRY(outcome, run_all(arguments, request, "updates", each));
    bson::Builder reply;
    reply.add("n", outcome.n).add("nModified", outcome.modified);
    if (outcome.upserted.size() > 0) reply.add_array("upserted", outcome.upserted.take());
    if (outcome.errors.size() > 0) reply.add_array("writeErrors", outcome.errors.take());
    return reply.take();
}

Accepted delete_one_statement(catalog::Collection* collection, bson::DocumentView element, Outcome& into) {
    const auto filter = element.find("q"), limit = element.find("limit");
    if (!filter || !filter->document() || !limit)
        return refuse(server_code::missing_field, "a delete needs q and limit");
    MIM_TRY(parsed, query::Filter::parse(*filter->document()));
    if (collection == nullptr) return {};
    const bool only_one = limit->truthy();
    Documents kept;
    std::int32_t deleted = 0;
    for (const auto& document : collection->documents()) {
        const bool goes = (!only_one || deleted == 0) && parsed.matches(document);
        if (goes) {
            ++deleted;
        } else {
            kept.push_back(document);
        }
    }
    if (deleted > 0) MIM_CHECK(collection->replace_all(std::move(kept)));
    into.n += deleted;
    return {};
}

Reply remove(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"deletes", "ordered", "let"}));
    MIM_TRY(name, arguments.collection());
    catalog::Collection* collection = nullptr;
    if (instance.catalog.find(name) != nullptr) {
        MIM_TRY(present, existing_not_view(instance, name));
        collection = present;
    }
    const auto each = [&](bson::DocumentView element, std::int32_t, Outcome& into) {
        return delete_one_statement(collection, element, into);
    };
    MIM_TRY(outcome, run_all(arguments, request, "deletes", each));
    bson::Builder reply;
    reply.add("n", outcome.n);
    if (outcome.errors.size() > 0) reply.add_array("writeErrors", outcome.errors.take());
    return reply.take();
}

constexpr std::array write_commands{Command{"insert", &insert}, Command{"update", &update},
                                    Command{"delete", &remove}};

}  // namespace

Family write_family() {
    return write_commands;
}

}  // namespace mim::sandbox::commands
