#include "drivers/mongoc/privilege.hpp"

#include <optional>

namespace mim::drivers::mongoc {
namespace {

enum class Scope { collection, database, cluster };

struct Need {
    std::string_view command;  // or the first stage of an aggregation
    std::string_view action;
    Scope scope;
};

// Source: the manual's list of privilege actions, and what each command says it requires.
constexpr Need needs[] = {
    {"listCollections", "listCollections", Scope::database},
    {"listIndexes", "listIndexes", Scope::collection},
    {"createIndexes", "createIndex", Scope::collection},
    {"dropIndexes", "dropIndex", Scope::collection},
    {"collMod", "collMod", Scope::collection},
    {"create", "createCollection", Scope::collection},
    {"drop", "dropCollection", Scope::collection},
    {"renameCollection", "renameCollectionSameDB", Scope::database},
    {"count", "find", Scope::collection},
    {"find", "find", Scope::collection},
    {"insert", "insert", Scope::collection},
    {"update", "update", Scope::collection},
    {"delete", "remove", Scope::collection},
    {"findAndModify", "update", Scope::collection},
    {"$indexStats", "indexStats", Scope::collection},
    {"$collStats", "collStats", Scope::collection},
    {"$currentOp", "inprog", Scope::cluster},
    {"aggregate", "find", Scope::collection},
};

const Need* need_of(std::string_view name) {
    for (const Need& need : needs) {
        if (need.command == name) return &need;
    }
    return nullptr;
}

const Need* need_of(const Attempt& attempt) {
    if (const Need* const of_stage = attempt.stage.empty() ? nullptr : need_of(attempt.stage))
        return of_stage;
    return need_of(attempt.what);
}

// What stands between the first `before` and the next `after`; empty when that is not there.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
    const auto start = text.find(before);
    if (start == std::string_view::npos) return {};
    const auto from = start + before.size();
    const auto end = text.find(after, from);
    return end == std::string_view::npos ? std::string_view() : text.substr(from, end - from);
}

// "not authorized on shop to execute command { listIndexes: "orders", …"
std::string_view database_in(std::string_view text) {
    return between(text, "not authorized on ", " to execute command");
}
std::string_view collection_in(std::string_view text, std::string_view command) {
    return between(text, "{ " + std::string(command) + ": \"", "\"");
}

std::string_view first_of(std::string_view one, std::string_view other) {
    return one.empty() ? other : one;
}

std::string resource_of(const Need& need, const Attempt& attempt, std::string_view text) {
    if (need.scope == Scope::cluster) return "the cluster";
    const std::string_view named = first_of(collection_in(text, attempt.what), attempt.collection);
    // It names "database.collection" and runs on `admin`.
    if (attempt.what == "renameCollection") return std::string(named.substr(0, named.find('.')));
    const std::string_view database = first_of(attempt.database, database_in(text));
    if (database.empty()) return {};
    if (need.scope == Scope::database) return std::string(database);
    return named.empty() ? std::string() : std::string(database) + "." + std::string(named);
}

constexpr std::string_view atlas_action = "not allowed to do action [";
constexpr std::string_view atlas_resource = "] on [";

}  // namespace

bool names_privilege(std::string_view server_text) {
    return !between(server_text, atlas_action, "]").empty();
}

std::string missing_privilege(const Attempt& attempt, std::string_view server_text) {
    if (names_privilege(server_text)) {
        return std::string(between(server_text, atlas_action, "]")) + " on " +
               std::string(between(server_text, atlas_resource, "]"));
    }
    const Need* const need = need_of(attempt);
    if (need == nullptr) return {};
    const std::string resource = resource_of(*need, attempt, server_text);
    return std::string(need->action) + (resource.empty() ? "" : " on " + resource);
}

}  // namespace mim::drivers::mongoc
