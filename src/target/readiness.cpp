#include "target/readiness.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "bson/builder.hpp"
#include "target/server_facts.hpp"
#include "target/unfinished.hpp"

namespace mim::target {
namespace {

using Answers = std::vector<bson::Document>;

bson::Document stage_of(std::string_view name, const bson::Document& argument) {
    return bson::Builder().add(name, argument).take();
}

mongoc::Command asking_collection(const Place& place, const std::string& collection, bson::Array pipeline) {
    return {place.database, bson::Builder()
                                .add("aggregate", collection)
                                .add_array("pipeline", pipeline.take().view())
                                .add("cursor", bson::Document())
                                .take()};
}

// The statistics of one collection are long; one field of them is wanted.
mongoc::Command storage_question(const Place& place, const std::string& collection) {
    const bson::Document storage = bson::Builder().add("storageStats", bson::Document()).take();
    const bson::Document wanted =
        bson::Builder().add("_id", 0).add("building", "$storageStats.indexBuilds").take();
    return asking_collection(
        place, collection,
        std::move(bson::Array().add(stage_of("$collStats", storage)).add(stage_of("$project", wanted))));
}

mongoc::Command usage_question(const Place& place, const std::string& collection) {
    return asking_collection(place, collection,
                             std::move(bson::Array().add(stage_of("$indexStats", bson::Document()))));
}

// Whoever asks for a build, and the threads that build, which count as idle while they scan.
mongoc::Command operations_question() {
    const bson::Document all = bson::Builder().add("allUsers", true).add("idleConnections", true).take();
    bson::Array builds;
    builds.add(stage_of("command.createIndexes", bson::Builder().add("$exists", true).take()));
    builds.add(stage_of("desc", bson::Builder().add("$regex", "^IndexBuildsCoordinator").take()));
    const bson::Document any = bson::Builder().add_array("$or", builds.take().view()).take();
    bson::Array pipeline;
    pipeline.add(stage_of("$currentOp", all)).add(stage_of("$match", any));
    return {"admin", bson::Builder()
                         .add("aggregate", 1)
                         .add_array("pipeline", pipeline.take().view())
                         .add("cursor", bson::Document())
                         .take()};
}

// Asks, and remembers why nothing was told.
class Inquiry {
  public:
    Inquiry(mongoc::Client& client, const Place& place, Deadline deadline)
        : client_(client), place_(place), deadline_(deadline) {}

    Result<Unfinished> about(const std::string& collection, const std::vector<index::LiveIndex>& listed) {
        MIM_TRY(names, in_storage(collection));
        if (names) return names;
        MIM_TRY(usage, ask(usage_question(place_, collection)));
        if (usage) names = unfinished_in_usage(*usage, listed);
        if (names) return names;
        MIM_TRY(builds, operations());
        if (builds) names = unfinished_in_operations(*builds, collection);
        return names;
    }

    Result<std::optional<std::vector<BuildOperation>>> operations() {
        MIM_TRY(seen, ask(operations_question()));
        std::optional<std::vector<BuildOperation>> builds;
        if (seen) builds = build_operations(*seen, place_.database);
        return builds;
    }

    [[nodiscard]] std::string obstacle(const std::string& collection) const {
        if (!lacks_rights_)
            return "this server tells it neither by $collStats nor by $indexStats nor by $currentOp";
        const std::string resource = place_.database + "." + collection;
        return "that needs the privilege collStats on " + resource +
               " (the role read has it), or indexStats there, or inprog on the cluster";
    }

  private:
    // FerretDB 1 ends the connection over this question. Whether a server is lost the next question tells.
    Result<Unfinished> in_storage(const std::string& collection) {
        std::atomic<bool>& bears_it = place_.connection->bears_storage_question;
        if (!bears_it.load(std::memory_order_relaxed)) return Unfinished();
        auto statistics = ask(storage_question(place_, collection));
        if (!statistics && statistics.error().code == ErrorCode::target_unreachable) {
            bears_it.store(false, std::memory_order_relaxed);
            return Unfinished();
        }
        if (!statistics) return std::move(statistics).error();
        return *statistics ? unfinished_in_storage(**statistics) : Unfinished();
    }

    // None when the server refused.
    Result<std::optional<Answers>> ask(const mongoc::Command& question) {
        auto answers = client_.drain(question, deadline_);
        if (answers) return std::optional<Answers>(std::move(*answers));
        const Error& error = answers.error();
        if (!error.server || error.code == ErrorCode::target_authentication)
            return std::move(answers).error();
        if (error.code == ErrorCode::target_not_authorised) lacks_rights_ = true;
        return std::optional<Answers>();
    }

    mongoc::Client& client_;
    const Place& place_;
    Deadline deadline_;
    bool lacks_rights_ = false;
};

}  // namespace

bool listing_tells_readiness(const Connection& connection, const ServerFacts& facts) {
    return facts.role != ServerFacts::Role::standalone &&
           connection.marks_builds.load(std::memory_order_relaxed);
}

Result<std::optional<std::string>> mark_unfinished(mongoc::Client& client, const Place& place,
                                                   const std::string& collection,
                                                   std::vector<index::LiveIndex>& listed, Deadline deadline) {
    const std::optional<std::string> certain;
    // `_id_` is there before anything can be read.
    const bool may_be_building = std::any_of(
        listed.begin(), listed.end(), [](const index::LiveIndex& each) { return !each.spec.is_id_index(); });
    if (!may_be_building) return certain;
    MIM_TRY(facts, facts_about(*place.connection, client, deadline));
    if (listing_tells_readiness(*place.connection, facts)) return certain;
    Inquiry inquiry(client, place, deadline);
    MIM_TRY(names, inquiry.about(collection, listed));
    if (!names) return std::optional<std::string>(inquiry.obstacle(collection));
    for (index::LiveIndex& each : listed) {
        if (contains(*names, each.spec.name)) each.state = index::LiveIndex::State::building;
    }
    return certain;
}

Result<std::optional<std::set<std::string>>> collections_with_builds(mongoc::Client& client,
                                                                     const Place& place, Deadline deadline) {
    MIM_TRY(builds, Inquiry(client, place, deadline).operations());
    if (!builds) return std::optional<std::set<std::string>>();
    std::set<std::string> collections;
    for (const BuildOperation& each : *builds) collections.insert(each.collection);
    return std::optional(std::move(collections));
}

}  // namespace mim::target
