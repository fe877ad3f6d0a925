// What must be known of a collection to judge its indexes. From listCollections.
#pragma once

#include <optional>
#include <string>

#include "bson/document.hpp"

namespace mim::index {

enum class CollectionKind { missing, ordinary, view, time_series };

struct CollectionTraits {
    CollectionKind kind = CollectionKind::ordinary;
    // From listCollections `options`, verbatim: capped, clusteredIndex, collation, timeseries …; {} when
    // unknown.
    bson::Document options;
    // From config.collections, where it could be read: the fields as a user knows them, also of a time
    // series. None when the collection is not sharded, or when nobody could tell.
    std::optional<bson::Document> shard_key = {};

    [[nodiscard]] bool capped() const;
    [[nodiscard]] bool clustered() const;
    // The default collation that indexes inherit, expanded as listCollections gives it; none = simple.
    [[nodiscard]] std::optional<bson::Document> default_collation() const;
    [[nodiscard]] std::string time_field() const;  // of a time-series collection, else empty
    [[nodiscard]] std::string meta_field() const;  // the same; empty when it has none
};

}  // namespace mim::index
