#include "target/examiner.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "target/connection.hpp"
#include "target/listing.hpp"
#include "target/live_target.hpp"
#include "target/server_facts.hpp"

namespace mim::target {
namespace {

using std::chrono::milliseconds;

std::string text_at(bson::DocumentView document, std::string_view key) {
    const auto value = document.find(key);
    return std::string(value ? value->string().value_or("") : "");
}

// "name@db" of every entry.
std::vector<std::string> names_at(bson::DocumentView info, std::string_view list, std::string_view name) {
    std::vector<std::string> names;
    const auto entries = info.find(list);
    if (!entries) return names;
    for (const auto entry : bson::elements(*entries)) {
        const auto document = entry.document();
        if (document) names.push_back(text_at(*document, name) + "@" + text_at(*document, "db"));
    }
    return names;
}

app::Privilege privilege_of(bson::DocumentView entry) {
    app::Privilege privilege;
    if (const auto resource = entry.find("resource")) {
        const auto where = resource->document();
        if (where && where->contains("cluster")) privilege.on = app::Privilege::On::cluster;
        if (where && where->contains("anyResource")) privilege.on = app::Privilege::On::anything;
        if (where) privilege.database = text_at(*where, "db");
        if (where) privilege.collection = text_at(*where, "collection");
        // As those of system.buckets, which newer servers list apart.
        if (where && where->contains("system_buckets")) privilege.collection = "system.buckets";
    }
    if (const auto actions = entry.find("actions")) {
        for (const auto action : bson::elements(*actions))
            privilege.actions.emplace_back(action.string().value_or(""));
    }
    return privilege;
}

mongoc::Command read_command(std::string database, bson::Builder body) {
    return {std::move(database), body.take(), mongoc::Nature::read};
}

mongoc::Command aggregation(std::string database, const std::string& collection,
                            const bson::Document& stage) {
    bson::Array pipeline;
    pipeline.add(stage).add(bson::Builder().add("$limit", 1).take());
    bson::Builder body;
    if (collection.empty()) {
        body.add("aggregate", 1);
    } else {
        body.add("aggregate", collection);
    }
    body.add_array("pipeline", pipeline.take().view()).add("cursor", bson::Document());
    return read_command(std::move(database), std::move(body));
}

class Examination {
  public:
    Examination(mongoc::Client& client, const Clock& clock, Deadline deadline)
        : client_(client), clock_(clock), deadline_(deadline) {}

    Done run(const Place& place) {
        MIM_TRY(hello, ask_clock());
        MIM_TRY(server, probe(place, deadline_));
        found.server = std::move(server);
        MIM_CHECK(ask_account());
        return try_reads(place, facts_of(hello.view()));
    }

    app::TargetExamination found;

  private:
    // Twice: the first one connects and signs in, which would be in the time that it took.
    Result<bson::Document> ask_clock() {
        MIM_CHECK(say_hello(client_, deadline_));
        const auto asked = clock_.now();
        MIM_TRY(hello, say_hello(client_, deadline_));
        const auto answered = clock_.now();
        const auto theirs = hello.find("localTime");
        if (theirs && theirs->type() == bson::Type::date) {
            const milliseconds at{bson_iter_date_time(&theirs->position())};
            const auto doubt = (answered - asked + milliseconds(1)) / 2;
            found.clock_doubt = std::chrono::duration_cast<milliseconds>(doubt);
            found.clock_ahead = at - (asked.time_since_epoch() + found.clock_doubt);
        }
        return hello;
    }

    Done ask_account() {
        const auto command = read_command(
            "admin", std::move(bson::Builder().add("connectionStatus", 1).add("showPrivileges", true)));
        auto status = client_.run(command, deadline_);
        if (status) found.account = account_in(status->view());
        const bool lost = !status && !status.error().server;
        if (lost) return std::move(status).error();
        return {};
    }

    // A refusal is a finding; a lost target ends it.
    Done note(const char* what, const Result<std::vector<bson::Document>>& answer) {
        if (answer) {
            found.reads.push_back({what});
            return {};
        }
        const Error& error = answer.error();
        if (!error.server) return error;
        // An old server that does not know the stage lacks nothing.
        const bool unknown = refusal_code(error) == server_code::unknown_pipeline_stage ||
                             refusal_code(error) == server_code::command_not_found;
        if (!unknown) found.reads.push_back({what, error});
        return {};
    }

    Done try_reads(const Place& place, const ServerFacts& facts) {
        auto collections = list_collections(client_, place.database, std::nullopt, deadline_);
        if (!collections && !collections.error().server) return std::move(collections).error();
        if (!collections) {
            found.reads.push_back({"listCollections", collections.error()});
            return {};
        }
        found.reads.push_back({"listCollections"});
        MIM_CHECK(try_collection(place, facts, *collections));
        const auto everybody = bson::Builder().add("allUsers", true).take();
        MIM_CHECK(
            note("currentOp",
                 client_.drain(aggregation("admin", "", bson::Builder().add("$currentOp", everybody).take()),
                               deadline_)));
        const bool has_catalog =
            facts.role != ServerFacts::Role::router && facts.wire_version >= wire_version_of_catalog;
        if (!has_catalog) return {};
        return note("$listCatalog",
                    client_.drain(aggregation("admin", "",
                                              bson::Builder().add("$listCatalog", bson::Document()).take()),
                                  deadline_));
    }

    Done try_collection(const Place& place, const ServerFacts& facts,
                        const std::vector<index::LiveCollection>& collections) {
        for (const auto& collection : collections) {
            if (collection.traits.kind != index::CollectionKind::ordinary) continue;
            const auto listing = bson::Builder().add("listIndexes", collection.name).take();
            MIM_CHECK(note("listIndexes",
                           client_.drain({place.database, listing, mongoc::Nature::read}, deadline_)));
            MIM_CHECK(
                note("$indexStats",
                     client_.drain(aggregation(place.database, collection.name,
                                               bson::Builder().add("$indexStats", bson::Document()).take()),
                                   deadline_)));
            // What is being built stands in the listing elsewhere.
            if (facts.role != ServerFacts::Role::standalone) return {};
            const auto storage = bson::Builder().add("storageStats", bson::Document()).take();
            return note("$collStats",
                        client_.drain(aggregation(place.database, collection.name,
                                                  bson::Builder().add("$collStats", storage).take()),
                                      deadline_));
        }
        return {};
    }

    static constexpr std::int64_t wire_version_of_catalog = 17;  // 6.0

    mongoc::Client& client_;
    const Clock& clock_;
    const Deadline deadline_;
};

class LiveExaminer final : public app::TargetExaminer {
  public:
    LiveExaminer(const mongoc::PoolSettings& limits, const Clock& clock) : limits_(limits), clock_(clock) {}

    Result<app::TargetExamination> examine(const app::Database& database, Deadline deadline) override {
        if (database.uri_error) return *database.uri_error;
        MIM_TRY(uri, mongoc::Uri::parse(database.uri));
        if (const auto objection =
                limits_.policy ? uri.early_objection(*limits_.policy) : std::optional<std::string>())
            return Error(ErrorCode::target_not_allowed, *objection);
        mongoc::PoolSettings settings = limits_;
        settings.most_clients = 2;
        settings.application_name = "mim doctor";
        for (auto* span :
             {&settings.connect_timeout, &settings.server_selection_timeout, &settings.socket_timeout})
            *span = std::min(*span, std::max(deadline.left(), milliseconds(1)));
        const Place place = place_in(
            std::make_shared<Connection>(std::make_shared<const mongoc::Uri>(std::move(uri)), settings,
                                         settings, nullptr, std::make_shared<mongoc::KnownServers>()),
            database);
        MIM_TRY(client, place.connection->quick(deadline));
        Examination examination(client, clock_, deadline);
        MIM_CHECK(examination.run(place));
        return std::move(examination.found);
    }

  private:
    const mongoc::PoolSettings limits_;
    const Clock& clock_;
};

}  // namespace

app::TargetAccount account_in(bson::DocumentView connection_status) {
    app::TargetAccount account;
    const auto found = connection_status.find("authInfo");
    const auto info = found ? found->document() : std::nullopt;
    if (!info) return account;
    account.users = names_at(*info, "authenticatedUsers", "user");
    account.roles = names_at(*info, "authenticatedUserRoles", "role");
    const auto privileges = info->find("authenticatedUserPrivileges");
    if (!privileges) return account;
    account.privileges.emplace();
    for (const auto entry : bson::elements(*privileges)) {
        const auto document = entry.document();
        if (document) account.privileges->push_back(privilege_of(*document));
    }
    return account;
}

std::unique_ptr<app::TargetExaminer> create_target_examiner(const mongoc::PoolSettings& limits,
                                                            const Clock& clock) {
    return std::make_unique<LiveExaminer>(limits, clock);
}

}  // namespace mim::target
