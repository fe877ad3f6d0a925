#include "sandbox/catalog/collection.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/definition/shard_key.hpp"

namespace mim::sandbox::catalog {

bool is_clustered(const index::Spec& spec) {
    const auto clustered = spec.options.find("clustered");
    return clustered && clustered->truthy();
}

Collection::Collection(std::string database, std::string name, index::CollectionTraits traits,
                       std::string uuid)
    : database_(std::move(database)),
      name_(std::move(name)),
      traits_(std::move(traits)),
      uuid_(std::move(uuid)) {}

void Collection::rename(std::string database, std::string name) {
    database_ = std::move(database);
    name_ = std::move(name);
}

std::vector<index::Spec> Collection::specs() const {
    std::vector<index::Spec> result;
    for (const auto& entry : indexes_) result.push_back(entry.spec);
    return result;
}

bool Collection::holds_up_shard_key(std::string_view name) const {
    if (!traits_.shard_key) return false;
    std::vector<index::Spec> ready;
    for (const auto& entry : indexes_) {
        if (entry.state == IndexEntry::State::ready) ready.push_back(entry.spec);
    }
    return index::is_last_for_shard_key(ready, name, *traits_.shard_key);
}

std::int32_t Collection::index_count() const {
    const auto counts = [](const IndexEntry& entry) { return !is_clustered(entry.spec); };
    return static_cast<std::int32_t>(std::count_if(indexes_.begin(), indexes_.end(), counts));
}

IndexEntry* Collection::find_index(std::string_view name) {
    const auto found = std::find_if(indexes_.begin(), indexes_.end(),
                                    [&](const IndexEntry& entry) { return entry.spec.name == name; });
    return found == indexes_.end() ? nullptr : &*found;
}

void Collection::add_index(IndexEntry entry) {
    indexes_.push_back(std::move(entry));
}

void Collection::remove_index(std::string_view name) {
    std::erase_if(indexes_, [&](const IndexEntry& entry) { return entry.spec.name == name; });
    forget_unique_keys(name);
}

Refusal Collection::duplicate_key(const index::Spec& spec, const IndexKey& key) const {
    Refusal refusal;
    refusal.code = server_code::duplicate_key;
    refusal.message = "E11000 duplicate key error collection: " + full_name() + " index: " + spec.name +
                      " dup key: " + bson::to_json(key.key_value, bson::JsonForm::relaxed);
    refusal.details = bson::Builder().add("keyPattern", spec.key).add("keyValue", key.key_value).take();
    return refusal;
}

Answer<std::vector<UniqueKeys::Duplicate>> Collection::duplicates(const index::Spec& spec) const {
    MIM_TRY(keys, UniqueKeys::of(spec, documents_));
    return keys.duplicates();
}

Accepted Collection::check_build(const index::Spec& spec) const {
    const auto unique = spec.options.find("unique");
    if (enforces_unique(spec) && unique && unique->truthy()) {
        MIM_TRY(found, duplicates(spec));
        if (!found.empty()) return duplicate_key(spec, found.front().key);
        return {};
    }
    for (const auto& document : documents_) MIM_CHECK(check_indexable(spec, document));
    return {};
}

Accepted Collection::load_unique_keys() {
    for (const auto& entry : indexes_) {
        if (!enforces_unique(entry.spec) || unique_keys_.contains(entry.spec.name)) continue;
        MIM_TRY(keys, UniqueKeys::of(entry.spec, documents_));
        unique_keys_.emplace(entry.spec.name, std::move(keys));
    }
    return {};
}

Accepted Collection::insert(bson::Document document) {
    MIM_CHECK(load_unique_keys());
    for (const auto& entry : indexes_) {
        MIM_CHECK(check_indexable(entry.spec, document));
        const auto keys = unique_keys_.find(entry.spec.name);
        if (keys == unique_keys_.end()) continue;
        MIM_TRY(taken, keys->second.conflict(entry.spec, document));
        if (taken) return duplicate_key(entry.spec, *taken);
    }
    for (const auto& entry : indexes_) {
        const auto keys = unique_keys_.find(entry.spec.name);
        if (keys != unique_keys_.end()) keys->second.add(entry.spec, document, documents_.size());
    }
    documents_.push_back(std::move(document));
    return {};
}

void Collection::append(std::vector<bson::Document> documents) {
    unique_keys_.clear();
    documents_.insert(documents_.end(), std::make_move_iterator(documents.begin()),
                      std::make_move_iterator(documents.end()));
}

Accepted Collection::replace_all(std::vector<bson::Document> documents) {
    for (const auto& entry : indexes_) {
        if (!enforces_unique(entry.spec)) continue;
        MIM_TRY(before, UniqueKeys::of(entry.spec, documents_));
        MIM_TRY(after, UniqueKeys::of(entry.spec, documents));
        if (after.duplicates().size() > before.duplicates().size())
            return duplicate_key(entry.spec, after.duplicates().front().key);
    }
    unique_keys_.clear();
    documents_ = std::move(documents);
    return {};
}

std::int64_t Collection::data_size() const {
    return std::accumulate(documents_.begin(), documents_.end(), std::int64_t{0},
                           [](std::int64_t sum, const bson::Document& document) {
                               return sum + static_cast<std::int64_t>(document.bytes().size());
                           });
}

}  // namespace mim::sandbox::catalog
