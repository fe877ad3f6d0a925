#include "target/reading.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "target/listing.hpp"
#include "target/usage.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using index::LiveCollection;

// A connection costs a handshake, so a runner is worth it only for a few collections.
constexpr std::size_t collections_for_a_runner = 4;

// Owned by every runner: they may outlive the call that started them.
struct Reading {
    Place place;
    app::UsageWanted usage;
    Deadline deadline;
    std::vector<LiveCollection> collections;  // each slot belongs to the runner that drew its number
    std::atomic<bool> usage_allowed{true};
    std::mutex mutex;
    std::optional<Error> lost;  // the first error that is not about one collection

    Reading(Place where, app::UsageWanted usage_wanted, Deadline until, std::vector<LiveCollection> listed)
        : place(std::move(where)), usage(usage_wanted), deadline(until), collections(std::move(listed)) {}

    void give_up(Numbers& numbers, Error error) {
        numbers.stop();
        const std::scoped_lock lock(mutex);
        if (!lost) lost = std::move(error);
    }
};

bool has_indexes(const LiveCollection& collection) {
    return collection.traits.kind == CollectionKind::ordinary ||
           collection.traits.kind == CollectionKind::time_series;
}

// None when the collection's own story is told; an error when the target is lost.
std::optional<Error> read_one(mongoc::Client& client, Reading& reading, LiveCollection& collection) {
    auto indexes = list_indexes(client, reading.place, collection.name, reading.deadline);
    if (indexes) {
        collection.indexes = std::move(*indexes);
        return std::nullopt;
    }
    Error error = std::move(indexes).error();
    const int code = server_code(error);
    if (code == namespace_not_found) {
        // Dropped since it was listed.
        collection.traits = {CollectionKind::missing, {}};
    } else if (code == not_for_views) {
        collection.traits.kind = CollectionKind::view;
    } else if (error.server && error.code != ErrorCode::target_authentication) {
        collection.unreadable = std::move(error);
    } else {
        return error;
    }
    return std::nullopt;
}

void read_usage_of(mongoc::Client& client, const std::vector<mongoc::Member>& members, Reading& reading,
                   LiveCollection& collection) {
    if (members.empty() || collection.unreadable || !reading.usage_allowed.load(std::memory_order_relaxed))
        return;
    if (!read_usage(client, members, reading.place, collection, reading.deadline)) {
        reading.usage_allowed.store(false, std::memory_order_relaxed);
    }
}

void run(Reading& reading, Numbers& numbers) {
    auto client = reading.place.connection->quick();
    if (!client) return reading.give_up(numbers, client.error());
    std::vector<mongoc::Member> members;
    if (reading.usage == app::UsageWanted::yes) {
        if (auto found = client->members()) members = std::move(*found);
    }
    while (const auto number = numbers.next()) {
        LiveCollection& collection = reading.collections[*number];
        if (!has_indexes(collection)) continue;
        if (auto lost = read_one(*client, reading, collection))
            return reading.give_up(numbers, std::move(*lost));
        read_usage_of(*client, members, reading, collection);
    }
}

// The collections asked for, in that order; those not listed as missing.
std::vector<LiveCollection> in_order_asked(std::vector<LiveCollection> listed,
                                           const std::vector<std::string>& names) {
    std::unordered_map<std::string_view, const LiveCollection*> by_name;
    for (const LiveCollection& collection : listed) by_name.emplace(collection.name, &collection);
    std::vector<LiveCollection> ordered;
    ordered.reserve(names.size());
    for (const std::string& name : names) {
        const auto found = by_name.find(name);
        if (found != by_name.end()) {
            ordered.push_back(*found->second);
        } else {
            ordered.emplace_back();
            ordered.back().name = name;
            ordered.back().traits.kind = CollectionKind::missing;
        }
    }
    return ordered;
}

Result<std::vector<LiveCollection>> list(const Place& place, const app::ReadRequest& request,
                                         Deadline deadline) {
    MIM_TRY(client, place.connection->quick());
    MIM_TRY(listed, list_collections(client, place.database, request.collections, deadline));
    if (request.collections) return in_order_asked(std::move(listed), *request.collections);
    std::sort(listed.begin(), listed.end(),
              [](const LiveCollection& left, const LiveCollection& right) { return left.name < right.name; });
    return listed;
}

}  // namespace

Result<std::vector<LiveCollection>> read_collections(const Place& place, Workers& workers, std::size_t width,
                                                     const app::ReadRequest& request, Deadline deadline) {
    if (request.collections && request.collections->empty()) return std::vector<LiveCollection>();
    MIM_TRY(listed, list(place, request, deadline));
    const auto reading = std::make_shared<Reading>(place, request.usage, deadline, std::move(listed));
    const std::size_t count = reading->collections.size();
    const std::size_t runners =
        std::min(width, (count + collections_for_a_runner - 1) / collections_for_a_runner);
    const Waited waited = run_concurrently(workers, count, runners, deadline,
                                           [reading](Numbers& numbers) { run(*reading, numbers); });
    if (waited == Waited::deadline_passed) {
        return Error(ErrorCode::target_timeout, "reading the indexes of " + std::to_string(count) +
                                                    " collections took longer than allowed");
    }
    if (reading->lost) return std::move(*reading->lost);
    return std::move(reading->collections);
}

}  // namespace mim::target
