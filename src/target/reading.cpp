#include "target/reading.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/call_memory.hpp"
#include "index/definition/held_bytes.hpp"
#include "target/catalog.hpp"
#include "target/listing.hpp"
#include "target/readiness.hpp"
#include "target/server_facts.hpp"
#include "target/sharding.hpp"
#include "target/usage.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using index::LiveCollection;

// A connection costs a handshake, so a runner is worth it only for a few collections.
constexpr std::size_t collections_for_a_runner = 4;
// For so few, listing them costs the server less than walking through the catalog of all its databases.
constexpr std::size_t few_collections = 16;

struct Slot {
    LiveCollection collection;
    enum class Indexes { known, to_list } indexes = Indexes::to_list;
};
using Slots = std::vector<Slot>;
struct Found {
    Slots slots;
    ServerFacts facts;
};

bool has_indexes(const LiveCollection& collection) {
    return collection.traits.kind == CollectionKind::ordinary ||
           collection.traits.kind == CollectionKind::time_series;
}

// Owned by every runner: they may outlive the call that started them.
struct Reading {
    Place place;
    ServerFacts facts;
    app::UsageWanted usage;
    std::shared_ptr<Holding> holding;
    Deadline deadline;
    Slots slots;                    // each belongs to the runner that drew its number
    std::vector<std::size_t> work;  // positions of those that somebody has to look at, in this round
    std::atomic<bool> usage_allowed{true};
    std::mutex mutex;
    std::optional<Error> lost;  // the first error that is not about one collection

    Reading(Place where, const app::ReadRequest& request, std::shared_ptr<Holding> of_call, Deadline until,
            Found found)
        : place(std::move(where)),
          facts(found.facts),
          usage(request.usage),
          holding(std::move(of_call)),
          deadline(until),
          slots(std::move(found.slots)) {
        for (std::size_t at = 0; at < slots.size(); ++at) {
            const bool lists = slots[at].indexes == Slot::Indexes::to_list;
            if ((lists || usage == app::UsageWanted::yes) && has_indexes(slots[at].collection))
                work.push_back(at);
        }
    }

    void give_up(Numbers& numbers, Error error) {
        numbers.stop();
        const std::scoped_lock lock(mutex);
        if (!lost) lost = std::move(error);
    }
};

// None when the collection's own story is told; an error when the target is lost.
std::optional<Error> read_one(mongoc::Client& client, Reading& reading, LiveCollection& collection) {
    auto indexes = list_indexes(client, reading.place, collection.name, reading.deadline);
    if (indexes) {
        collection.indexes = std::move(indexes->readable);
        collection.unreadable_indexes = std::move(indexes->unreadable);
        collection.unreadable = std::move(indexes->refused);
        return std::nullopt;
    }
    Error error = std::move(indexes).error();
    const int code = refusal_code(error);
    if (code == server_code::namespace_not_found) {
        // Dropped since it was listed.
        collection.traits = {CollectionKind::missing, {}};
    } else if (code == server_code::command_not_supported_on_view) {
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

void list_and_count(Reading& reading, Numbers& numbers) {
    const CallMemory memory(reading.holding);
    auto client = reading.place.connection->quick(reading.deadline);
    if (!client) return reading.give_up(numbers, client.error());
    std::vector<mongoc::Member> members;
    if (reading.usage == app::UsageWanted::yes) {
        if (auto found = client->members(reading.deadline)) members = std::move(*found);
    }
    while (const auto number = numbers.next()) {
        Slot& slot = reading.slots[reading.work[*number]];
        if (slot.indexes == Slot::Indexes::to_list) {
            if (auto lost = read_one(*client, reading, slot.collection))
                return reading.give_up(numbers, std::move(*lost));
        }
        if (has_indexes(slot.collection)) read_usage_of(*client, members, reading, slot.collection);
    }
}

void mark_builds(Reading& reading, Numbers& numbers) {
    const CallMemory memory(reading.holding);
    auto client = reading.place.connection->quick(reading.deadline);
    if (!client) return reading.give_up(numbers, client.error());
    while (const auto number = numbers.next()) {
        LiveCollection& collection = reading.slots[reading.work[*number]].collection;
        auto unknown =
            mark_unfinished(*client, reading.place, collection.name, collection.indexes, reading.deadline);
        if (!unknown) return reading.give_up(numbers, unknown.error());
        collection.readiness_unknown = std::move(*unknown);
    }
}

// What cannot be named cannot be asked about.
void append(Slots& slots, std::vector<LiveCollection> collections, Slot::Indexes indexes) {
    for (LiveCollection& collection : collections) {
        const bool is_told = !collection.unreadable_indexes.empty();
        slots.push_back({std::move(collection), is_told ? Slot::Indexes::known : indexes});
    }
}

// The collections asked for, each once, in that order; those not found as missing.
Slots in_order_asked(Slots found, const std::vector<std::string>& names) {
    std::unordered_map<std::string, Slot*> by_name;
    for (Slot& slot : found) by_name.emplace(slot.collection.name, &slot);
    Slots ordered;
    ordered.reserve(names.size());
    for (const std::string& name : names) {
        const auto slot = by_name.find(name);
        if (slot != by_name.end()) {
            ordered.push_back(std::move(*slot->second));
            by_name.erase(slot);
        } else {
            ordered.emplace_back();
            ordered.back().collection.name = name;
            ordered.back().collection.traits.kind = CollectionKind::missing;
        }
    }
    return ordered;
}

Slots by_name(Slots found) {
    std::sort(found.begin(), found.end(), [](const Slot& left, const Slot& right) {
        return left.collection.name < right.collection.name;
    });
    return found;
}

// Leaves in `answer` what was asked for. What it does not have is to be listed, which tells whether it
// exists.
void keep_asked(CatalogAnswer& answer, const std::vector<std::string>& names) {
    std::unordered_set<std::string_view> missed(names.begin(), names.end());
    std::erase_if(answer.read, [&](const LiveCollection& one) { return missed.erase(one.name) == 0; });
    answer.to_list.assign(missed.begin(), missed.end());
}

Result<Slots> from_catalog_answer(mongoc::Client& client, const Place& place, CatalogAnswer answer,
                                  const app::ReadRequest& request, Deadline deadline) {
    if (request.collections) keep_asked(answer, *request.collections);
    Slots slots;
    slots.reserve(answer.read.size() + answer.to_list.size());
    append(slots, std::move(answer.read), Slot::Indexes::known);
    if (answer.to_list.empty()) return slots;
    MIM_TRY(listed, list_collections(client, place.database, answer.to_list, deadline));
    const std::unordered_set<std::string_view> wanted(answer.to_list.begin(), answer.to_list.end());
    std::erase_if(listed, [&](const LiveCollection& one) { return !wanted.contains(one.name); });
    append(slots, std::move(listed), Slot::Indexes::to_list);
    return slots;
}

Result<Found> find_collections(const Place& place, const TargetSettings& settings,
                               const app::ReadRequest& request, Deadline deadline) {
    MIM_TRY(client, place.connection->quick(deadline));
    MIM_TRY(facts, facts_about(*place.connection, client, deadline));
    if (!request.collections || request.collections->size() > few_collections) {
        MIM_TRY(catalog, read_catalog(client, place, facts, settings.ask_catalog_again_after, deadline));
        if (catalog) {
            MIM_TRY(told, from_catalog_answer(client, place, std::move(*catalog), request, deadline));
            return Found{std::move(told), facts};
        }
    }
    MIM_TRY(listed, list_collections(client, place.database, request.collections, deadline));
    if (facts.role == ServerFacts::Role::router)
        MIM_CHECK(read_shard_keys(client, place.database, listed, deadline));
    for (const LiveCollection& each : listed) {
        if (each.traits.shard_key) MIM_CHECK(CallMemory::add(index::held_apart(*each.traits.shard_key)));
    }
    Found found{{}, facts};
    append(found.slots, std::move(listed), Slot::Indexes::to_list);
    return found;
}

Result<std::vector<LiveCollection>> collections_in(Slots slots) {
    std::vector<LiveCollection> collections;
    collections.reserve(slots.size());
    for (Slot& slot : slots) collections.push_back(std::move(slot.collection));
    return collections;
}

// `look_at_one_by_one` takes positions of the work until there are none; several do at once.
Done carry_out(const std::shared_ptr<Reading>& reading, Workers& workers, const TargetSettings& settings,
               void (*look_at_one_by_one)(Reading&, Numbers&)) {
    const std::size_t count = reading->work.size();
    if (count == 0) return {};
    const std::size_t runners = std::min(settings.readers_of_one_read,
                                         (count + collections_for_a_runner - 1) / collections_for_a_runner);
    MIM_TRY(waited, run_concurrently(workers, count, runners, reading->deadline,
                                     [reading, look_at_one_by_one](Numbers& numbers) {
                                         look_at_one_by_one(*reading, numbers);
                                     }));
    if (waited == Waited::deadline_passed) {
        return Error(ErrorCode::target_timeout, "reading the indexes of " + std::to_string(count) +
                                                    " collections took longer than allowed");
    }
    if (reading->lost) return std::move(*reading->lost);
    return {};
}

// The work of the second round, once all is listed: collections of which nobody has told yet what is being
// built there. Of many, one question picks those where anybody builds at all.
Done choose_untold(Reading& reading) {
    reading.work.clear();
    if (listing_tells_readiness(*reading.place.connection, reading.facts)) return {};
    for (std::size_t at = 0; at < reading.slots.size(); ++at) {
        const Slot& slot = reading.slots[at];
        if (slot.indexes == Slot::Indexes::to_list && !slot.collection.indexes.empty())
            reading.work.push_back(at);
    }
    if (reading.work.size() <= few_collections) return {};
    MIM_TRY(client, reading.place.connection->quick(reading.deadline));
    MIM_TRY(builds, collections_with_builds(client, reading.place, reading.deadline));
    if (!builds) return {};
    std::erase_if(reading.work,
                  [&](std::size_t at) { return !builds->contains(reading.slots[at].collection.name); });
    return {};
}

}  // namespace

Result<std::vector<LiveCollection>> read_collections(const Place& place, Workers& workers,
                                                     const TargetSettings& settings,
                                                     const app::ReadRequest& request, Deadline deadline) {
    if (request.collections && request.collections->empty()) return std::vector<LiveCollection>();
    const auto holding = CallMemory::holding(settings.bytes, settings.most_bytes_of_a_call);
    const CallMemory memory(holding);
    MIM_TRY(found, find_collections(place, settings, request, deadline));
    found.slots = request.collections ? in_order_asked(std::move(found.slots), *request.collections)
                                      : by_name(std::move(found.slots));
    const auto reading = std::make_shared<Reading>(place, request, holding, deadline, std::move(found));
    MIM_CHECK(carry_out(reading, workers, settings, &list_and_count));
    MIM_CHECK(choose_untold(*reading));
    MIM_CHECK(carry_out(reading, workers, settings, &mark_builds));
    return collections_in(std::move(reading->slots));
}

}  // namespace mim::target
