#include "sandbox/catalog/catalog.hpp"

#include "bson/builder.hpp"
#include "sandbox/catalog/new_index.hpp"
#include "sandbox/catalog/uuid.hpp"

namespace mim::sandbox::catalog {
namespace {

bson::Document usual_id_index() {
    return bson::Builder().add("key", bson::Builder().add("_id", 1).take()).add("name", "_id_").take();
}

std::optional<bson::DocumentView> options_of(const index::CollectionTraits& traits, std::string_view name) {
    const auto value = traits.options.find(name);
    return value ? value->document() : std::nullopt;
}

index::Spec clustered_index(bson::DocumentView options) {
    const auto name = options.find("name");
    return index::Spec::from_document(bson::Builder()
                                          .add("v", 2)
                                          .add("key", bson::Builder().add("_id", 1).take())
                                          .add("name", name ? name->string().value_or("_id_") : "_id_")
                                          .add("unique", true)
                                          .add("clustered", true)
                                          .take());
}

// From 6.3 a time series with a metaField gets an index on it and the time.
std::optional<index::Spec> time_series_index(const index::CollectionTraits& traits,
                                             index::ServerVersion version) {
    const auto meta = traits.meta_field(), time = traits.time_field();
    if (meta.empty() || version < index::ServerVersion{6, 3}) return std::nullopt;
    const auto key = bson::Builder().add(meta, 1).add(time, 1).take();
    return index::Spec::from_document(
        bson::Builder().add("v", 2).add("key", key).add("name", index::default_name(key)).take());
}

std::optional<index::Spec> first_index(const index::RuleContext& context,
                                       const std::optional<bson::Document>& id_index) {
    const auto& traits = context.collection;
    if (traits.kind == index::CollectionKind::view) return std::nullopt;
    if (traits.kind == index::CollectionKind::time_series) return time_series_index(traits, context.version);
    if (const auto clustered = options_of(traits, "clusteredIndex")) return clustered_index(*clustered);
    return new_index(id_index ? *id_index : usual_id_index(), context);
}

}  // namespace

std::optional<Name> Name::parse(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return std::nullopt;
    return Name{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

Collection* Catalog::find(const Name& name) {
    const auto database = databases_.find(name.database);
    if (database == databases_.end()) return nullptr;
    const auto collection = database->second.find(name.collection);
    return collection == database->second.end() ? nullptr : &collection->second;
}

const Collections& Catalog::collections(const std::string& database) const {
    static const Collections none;
    const auto found = databases_.find(database);
    return found == databases_.end() ? none : found->second;
}

Collection& Catalog::create(const Name& name, index::CollectionTraits traits,
                            const std::optional<bson::Document>& id_index) {
    const auto first = first_index({version_, traits}, id_index);
    auto& collections = databases_[name.database];
    auto& collection = collections
                           .try_emplace(name.collection, Collection(name.database, name.collection,
                                                                    std::move(traits), new_uuid()))
                           .first->second;
    if (first) collection.add_index({*first, IndexEntry::State::ready, {}, 0, now()});
    return collection;
}

void Catalog::drop(const Name& name) {
    const auto database = databases_.find(name.database);
    if (database == databases_.end()) return;
    database->second.erase(name.collection);
    if (database->second.empty()) databases_.erase(database);
}

void Catalog::rename(const Name& from, const Name& to) {
    Collection* collection = find(from);
    if (collection == nullptr) return;
    Collection moved = std::move(*collection);
    moved.rename(to.database, to.collection);
    drop(from);
    databases_[to.database].insert_or_assign(to.collection, std::move(moved));
}

index::RuleContext Catalog::rules_for(const Name& name) {
    const Collection* collection = find(name);
    index::CollectionTraits traits;
    traits.kind = index::CollectionKind::missing;
    if (collection != nullptr) traits = collection->traits();
    return {version_, std::move(traits)};
}

}  // namespace mim::sandbox::catalog
