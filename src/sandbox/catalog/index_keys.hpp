// The keys that a plain (b-tree) index holds for a document: null for what is missing, one key per element of
// an array. Source: mongo src/mongo/db/index/btree_key_generator.cpp, as far as uniqueness needs it.
#pragma once

#include <vector>

#include "index/definition/spec.hpp"
#include "sandbox/refusal.hpp"

namespace mim::sandbox::catalog {

struct IndexKey {
    std::string text;          // equal exactly when the index holds the two to be the same key
    bson::Document key_value;  // {a: 1}, for duplicate key errors
};

// Empty when the index does not hold the document (sparse, partial filter). Refused for parallel arrays
// (171).
[[nodiscard]] Answer<std::vector<IndexKey>> index_keys(const index::Spec& spec, bson::DocumentView document);

// True when the index forbids duplicates: unique or prepareUnique, or the _id index.
[[nodiscard]] bool enforces_unique(const index::Spec& spec);

// Whether a document can be in the index at all: parallel arrays (171), an array under "hashed" (16766) or
// beside a wildcard (7246301), under "2dsphere" what is no geometry (16755).
[[nodiscard]] Accepted check_indexable(const index::Spec& spec, bson::DocumentView document);

}  // namespace mim::sandbox::catalog
