// Indexes of a time-series collection as they stand on its buckets. Source: mongo src/mongo/db/timeseries/
// timeseries_index_schema_conversion_functions.cpp; semantics section 8.
#pragma once

#include "index/definition/collection_traits.hpp"
#include "index/definition/spec.hpp"

namespace mim::sandbox::catalog {

// {t: 1} becomes {control.min.t: 1, control.max.t: 1}; the metaField becomes `meta`; a measurement as the
// time.
[[nodiscard]] index::Spec bucket_form(const index::Spec& spec, const index::CollectionTraits& traits);
// A shard key as config.collections shows it: the time is the start of the bucket.
[[nodiscard]] bson::Document bucket_shard_key(bson::DocumentView shard_key,
                                              const index::CollectionTraits& traits);

}  // namespace mim::sandbox::catalog
