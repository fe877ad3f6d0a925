#include "world.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace mim::app {
namespace {

std::string joined(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

constexpr std::chrono::milliseconds lease_time{30'000};

}  // namespace

index::Spec spec_of(const std::string& key, const std::string& options, const std::string& name) {
    index::Spec spec;
    spec.key = bson::parse_json(key).value();
    spec.options = bson::parse_json(options).value();
    spec.name = name.empty() ? index::default_name(spec.key) : name;
    return spec;
}

DatabaseId World::add_database(const std::string& name) {
    DatabaseDraft draft{name, "", Secret("mongodb://user:pa55@host/" + name), "shop"};
    return databases.create(draft, ConnectionTest::skip, InitialImport::skip, Role::admin).value().id;
}

void World::share_place(const DatabaseId& one, const DatabaseId& other) {
    const auto note = [this](const DatabaseId& entry, const DatabaseId& neighbour) {
        Database noted = store.databases().get(entry).value();
        noted.place = place_of(noted.uri, noted.db_name);
        noted.same_place_as = {neighbour};
        EXPECT_EQ(outcome(store.databases().update(noted, noted.updated_at, Destination::same)), ok);
    };
    note(one, other);
    note(other, one);
}

DefinitionId World::define(const DatabaseId& database, const std::string& collection,
                           const index::Spec& spec) {
    return definitions.create(database, collection, spec).value();
}

std::string World::live(const std::string& collection) {
    std::vector<std::string> names;
    const auto& there = server.database("shop");
    if (!there.contains(collection)) return "no such collection";
    for (const index::LiveIndex& live : there.at(collection).indexes) {
        if (live.spec.name != "_id_") names.push_back(live.spec.name);
    }
    return joined(std::move(names));
}

std::string World::registry(const DatabaseId& database, const std::string& collection) {
    std::vector<std::string> names;
    for (const Definition& one : store.definitions().all_of(database, {{collection}}).value()) {
        names.push_back(one.spec.name);
    }
    return joined(std::move(names));
}

SyncId World::submit(const DatabaseId& database, const SyncOptions& options,
                     const std::optional<std::vector<std::string>>& chosen) {
    const auto id = syncs.submit({.database = database, .collections = chosen, .options = options});
    EXPECT_EQ(outcome(id), ok);
    return id.value();
}

void World::settle(const Lease& lease, RunOutcome result) {
    Done settled;
    switch (result) {
        case RunOutcome::finished:
        case RunOutcome::given_up:
            settled = store.queue().complete(lease);
            break;
        case RunOutcome::hand_back:
            settled = store.queue().hand_back(lease, {});
            break;
        case RunOutcome::retry_later:
            settled = store.queue().hand_back(lease, std::chrono::milliseconds{1});
            clock.advance(std::chrono::milliseconds{1});
            break;
        case RunOutcome::postpone:
            settled = store.queue().postpone(lease, {});
            break;
        case RunOutcome::lost:
            clock.advance(lease_time);
            break;  // until another worker may have it
    }
    EXPECT_EQ(outcome(settled), ok);
}

RunOutcome World::work(const StopSignal& stop) {
    const auto lease = store.queue().lease("worker", lease_time).value();
    if (!lease) throw std::logic_error("there is no job to work on");
    const RunPorts ports{.users = store.users(),
                         .databases = store.databases(),
                         .definitions = store.definitions(),
                         .progress = store.progress(),
                         .targets = targets,
                         .clock = clock,
                         .log = *log,
                         .pause = pause};
    const RunOutcome result = run_sync(*lease, ports, limits, stop);
    settle(*lease, result);
    return result;
}

std::string World::records(const SyncId& id) {
    std::string text;
    for (const SyncRecord& record : sync(id).records) {
        text += (text.empty() ? "" : "; ") + std::string(index::to_string(record.action)) + " " +
                record.index + " " + std::string(to_string(record.status));
    }
    return text;
}

std::string World::run(const DatabaseId& database, const SyncOptions& options) {
    const SyncId id = submit(database, options);
    EXPECT_EQ(work(), RunOutcome::finished);
    const Sync ended = sync(id);
    return std::string(to_string(ended.status)) + (ended.error.empty() ? "" : ": " + ended.error);
}

}  // namespace mim::app
