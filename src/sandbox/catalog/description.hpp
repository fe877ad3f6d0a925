// Collections as listCollections and $listCatalog describe them, with the system collections that views and
// time series bring along.
#pragma once

#include <vector>

#include "sandbox/catalog/catalog.hpp"

namespace mim::sandbox::catalog {

enum class Detail { name_only, full };
[[nodiscard]] std::vector<bson::Document> describe_collections(const Catalog& catalog,
                                                               const std::string& database, Detail detail);

// The catalog's raw entries of one database: {db, name, type, ns, md: {options, indexes: [{spec, ready …}]},
// idxIdent}.
[[nodiscard]] std::vector<bson::Document> catalog_entries(const Catalog& catalog,
                                                          const std::string& database);

// config.collections of a cluster: what is sharded, and by which key. From 8.0 also what is not, marked as
// such.
[[nodiscard]] std::vector<bson::Document> cluster_collections(const Catalog& catalog);

inline constexpr std::string_view buckets_prefix = "system.buckets.";

}  // namespace mim::sandbox::catalog
