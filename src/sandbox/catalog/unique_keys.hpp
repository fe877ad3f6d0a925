// The keys of one index that forbids duplicates: which document holds each.
#pragma once

#include <unordered_map>
#include <vector>

#include "sandbox/catalog/index_keys.hpp"

namespace mim::sandbox::catalog {

class UniqueKeys {
  public:
    // Reads all documents. Duplicates among them are kept: prepareUnique tolerates what is there already.
    [[nodiscard]] static Answer<UniqueKeys> of(const index::Spec& spec,
                                               const std::vector<bson::Document>& documents);

    // The first key of the document that is taken already; none = it may come in.
    [[nodiscard]] Answer<std::optional<IndexKey>> conflict(const index::Spec& spec,
                                                           bson::DocumentView document) const;
    // Cannot fail for a document that `conflict` has judged.
    void add(const index::Spec& spec, bson::DocumentView document, std::size_t position);

    struct Duplicate {
        IndexKey key;
        std::vector<std::size_t> positions;  // of the documents that share it
    };
    [[nodiscard]] const std::vector<Duplicate>& duplicates() const { return duplicates_; }

  private:
    struct Holder {
        std::size_t position;
        std::optional<std::size_t> duplicate;  // position in duplicates_
    };
    void put(IndexKey key, std::size_t position);

    std::unordered_map<std::string, Holder> holders_;
    std::vector<Duplicate> duplicates_;
};

}  // namespace mim::sandbox::catalog
