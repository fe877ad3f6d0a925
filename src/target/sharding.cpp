#include "target/sharding.hpp"

#include <unordered_map>

#include "bson/builder.hpp"

namespace mim::target {
namespace {

constexpr std::string_view buckets_prefix = "system.buckets.";
constexpr std::string_view bucket_start = "control.min.";
constexpr std::size_t most_names_in_a_filter = 100;

// `meta` and what lies under it is the metaField; `control.min.t` is t. Source: semantics section 8.
std::string users_field(std::string_view field, const index::CollectionTraits& traits) {
    if (field == "meta" || field.starts_with("meta."))
        return traits.meta_field() + std::string(field.substr(std::string_view("meta").size()));
    if (field.starts_with(bucket_start)) field.remove_prefix(bucket_start.size());
    return std::string(field);
}

bson::Document users_key(bson::DocumentView key, const index::CollectionTraits& traits) {
    if (traits.kind != index::CollectionKind::time_series) return bson::Document(key);
    bson::Builder builder;
    for (const auto field : key) builder.add(users_field(field.key(), traits), field);
    return builder.take();
}

bool says(const bson::Document& entry, std::string_view field) {
    const auto value = entry.find(field);
    return value && value->truthy();
}

// The names from "db." on and before "db/", the character after the dot: an index answers this.
bson::Document all_of(const std::string& database) {
    return bson::Builder()
        .add("_id", bson::Builder().add("$gte", database + ".").add("$lt", database + "/").take())
        .take();
}

bson::Document only(const std::string& database, const std::vector<index::LiveCollection>& collections) {
    bson::Array names;
    for (const auto& collection : collections) {
        const bool in_buckets = collection.traits.kind == index::CollectionKind::time_series;
        names.add(database + "." + std::string(in_buckets ? buckets_prefix : "") + collection.name);
    }
    return bson::Builder().add("_id", bson::Builder().add_array("$in", names.take().view()).take()).take();
}

}  // namespace

void add_shard_keys(const std::vector<bson::Document>& entries, const std::string& database,
                    std::vector<index::LiveCollection>& collections) {
    std::unordered_map<std::string_view, index::LiveCollection*> by_name;
    for (auto& collection : collections) by_name.emplace(collection.name, &collection);
    for (const bson::Document& entry : entries) {
        const auto id = entry.find("_id"), key = entry.find("key");
        std::string_view name = id ? id->string().value_or("") : "";
        if (!name.starts_with(database + ".") || says(entry, "dropped") || says(entry, "unsplittable"))
            continue;
        name.remove_prefix(database.size() + 1);
        if (name.starts_with(buckets_prefix)) name.remove_prefix(buckets_prefix.size());
        const auto found = by_name.find(name);
        if (found == by_name.end() || !key || key->type() != bson::Type::document) continue;
        found->second->traits.shard_key = users_key(*key->document(), found->second->traits);
    }
}

Done read_shard_keys(mongoc::Client& client, const std::string& database,
                     std::vector<index::LiveCollection>& collections, Deadline deadline) {
    if (collections.empty()) return {};
    const bool few = collections.size() <= most_names_in_a_filter;
    const bson::Document question = bson::Builder()
                                        .add("find", "collections")
                                        .add("filter", few ? only(database, collections) : all_of(database))
                                        .take();
    const auto entries = client.drain({"config", question}, deadline);
    if (entries) {
        add_shard_keys(*entries, database, collections);
    } else if (!entries.error().server || entries.error().code == ErrorCode::target_authentication) {
        return entries.error();
    }
    return {};
}

}  // namespace mim::target
