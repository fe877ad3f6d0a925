#include "sandbox/catalog/unique_keys.hpp"

namespace mim::sandbox::catalog {

Answer<UniqueKeys> UniqueKeys::of(const index::Spec& spec, const std::vector<bson::Document>& documents) {
    UniqueKeys result;
    for (std::size_t position = 0; position < documents.size(); ++position) {
        MIM_TRY(keys, index_keys(spec, documents[position]));
        for (auto& key : keys) result.put(std::move(key), position);
    }
    return result;
}

Answer<std::optional<IndexKey>> UniqueKeys::conflict(const index::Spec& spec,
                                                     bson::DocumentView document) const {
    MIM_TRY(keys, index_keys(spec, document));
    for (auto& key : keys) {
        if (holders_.contains(key.text)) return std::optional<IndexKey>(std::move(key));
    }
    return std::optional<IndexKey>();
}

void UniqueKeys::add(const index::Spec& spec, bson::DocumentView document, std::size_t position) {
    auto keys = index_keys(spec, document);
    if (!keys) return;
    for (auto& key : *keys) put(std::move(key), position);
}

void UniqueKeys::put(IndexKey key, std::size_t position) {
    const auto [at, is_new] = holders_.try_emplace(key.text, Holder{position, std::nullopt});
    if (is_new) return;
    Holder& holder = at->second;
    if (!holder.duplicate) {
        holder.duplicate = duplicates_.size();
        duplicates_.push_back({std::move(key), {holder.position}});
    }
    duplicates_[*holder.duplicate].positions.push_back(position);
}

}  // namespace mim::sandbox::catalog
