#include "app/sync_run/verdict.hpp"

#include <algorithm>

#include "app/sync_run/passing_failure.hpp"
#include "index/comparison/manageable.hpp"

namespace mim::app {
namespace {

constexpr std::size_t most_named = 5;  // the records tell the rest

std::string place(const std::string& collection, const std::string& index) {
    return collection + "." + index;
}

bool is_hidden(const index::Spec& spec) {
    const auto hidden = spec.options.find("hidden");
    return hidden && hidden->truthy();
}

// What MongoDB would refuse to take away is not the sync's failure: the plan left it out and a note says why.
bool redundant_is_settled(const index::CollectionComparison& collection, const index::Redundant& redundant,
                          const SyncOptions& options) {
    const index::LiveIndex& live = redundant.live;
    switch (options.extra) {
        case index::ExtraChoice::leave:
            return true;
        case index::ExtraChoice::drop:
        case index::ExtraChoice::drop_all:
            if (redundant.unmanageable && options.extra == index::ExtraChoice::drop) return true;
            if (collection.shard_key_index == live.spec.name) return true;
            return options.drop_mode == index::DropMode::hide && is_hidden(live.spec);
        case index::ExtraChoice::import_to_registry:
            return index::cannot_be_built_again(redundant);
    }
    return false;
}

std::size_t count(const std::vector<SyncRecord>& records, RecordStatus status) {
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(),
                      [status](const SyncRecord& record) { return record.status == status; }));
}

std::string first_of(const std::vector<std::string>& texts) {
    std::string list;
    for (std::size_t at = 0; at < std::min(texts.size(), most_named); ++at) {
        list += (at == 0 ? "" : "; ") + texts[at];
    }
    if (texts.size() > most_named) list += "; and " + std::to_string(texts.size() - most_named) + " more";
    return list;
}

std::string failure_of(const SyncRecord& record) {
    std::string text =
        std::string(index::to_string(record.action)) + " " + place(record.collection, record.index);
    if (!record.error) return text;
    text += ": ";
    if (record.error->code != 0) text += std::to_string(record.error->code) + " " + record.error->name + ": ";
    return text + record.error->message;
}

std::string operations(std::size_t part, std::size_t total) {
    return std::to_string(part) + " of " + std::to_string(total) +
           (total == 1 ? " operation" : " operations");
}

std::string left_text(const std::vector<std::string>& left) {
    return std::to_string(left.size()) +
           (left.size() == 1 ? " difference is left: " : " differences are left: ") + first_of(left);
}

}  // namespace

std::vector<std::string> differences_left(const std::vector<index::CollectionComparison>& comparisons,
                                          const SyncOptions& options) {
    std::vector<std::string> left;
    for (const index::CollectionComparison& one : comparisons) {
        if (options.missing != index::MissingChoice::leave) {
            for (const auto& each : one.missing)
                left.push_back(place(one.collection, each.canonical.name) + " is missing");
        }
        if (options.changed != index::ChangedChoice::leave) {
            for (const auto& each : one.changed) {
                if (each.unmanageable && options.changed != index::ChangedChoice::alter_all) continue;
                left.push_back(place(one.collection, each.registry.name) + " differs");
            }
        }
        for (const auto& each : one.redundant) {
            if (redundant_is_settled(one, each, options)) continue;
            left.push_back(place(one.collection, each.canonical.name) + " is not in the registry");
        }
        for (const auto& each : one.matched) {
            if (each.live.state != index::LiveIndex::State::building) continue;
            left.push_back(place(one.collection, each.canonical.name) + " is still being built");
        }
    }
    return left;
}

std::string summary_of_failure(const std::vector<SyncRecord>& records, const std::vector<std::string>& left) {
    std::vector<std::string> failures;
    for (const SyncRecord& record : records) {
        if (record.status == RecordStatus::failed) failures.push_back(failure_of(record));
    }
    const std::size_t skipped = count(records, RecordStatus::skipped);
    if (failures.empty() && skipped == 0 && left.empty()) return {};
    if (failures.empty() && skipped == 0) return "All operations succeeded, yet " + left_text(left);
    std::string text = operations(failures.size(), records.size()) + " failed";
    if (skipped > 0) text += ", " + std::to_string(skipped) + " skipped";
    if (!failures.empty()) text += ": " + first_of(failures);
    if (!left.empty()) text += ". " + left_text(left);
    return text;
}

std::string text_of_nothing_left() {
    return ". Nothing is left to do: the indexes are as this sync wants them";
}

std::string summary_of_cancel(const std::vector<SyncRecord>& records,
                              const std::vector<std::string>& lost_indexes) {
    std::string text = "Cancelled after " +
                       operations(count(records, RecordStatus::completed), records.size()) + " succeeded";
    const std::size_t failed = count(records, RecordStatus::failed);
    if (failed > 0) text += " and " + std::to_string(failed) + " failed";
    return text + text_of_lost(lost_indexes);
}

std::string text_of_lost(const std::vector<std::string>& lost_indexes) {
    return lost_indexes.empty() ? "" : ". Dropped and not built again: " + first_of(lost_indexes);
}

}  // namespace mim::app
