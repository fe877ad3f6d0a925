// One collection: its options, its indexes as the catalog stores them, its documents, and the unique keys
// that guard them. Not thread-safe: the sandbox runs on one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "index/definition/collection_traits.hpp"
#include "index/definition/spec.hpp"
#include "sandbox/catalog/unique_keys.hpp"

namespace mim::sandbox::catalog {

struct IndexEntry {
    index::Spec spec;  // stored form
    enum class State { ready, building } state = State::ready;
    std::string build_uuid;  // of the unfinished build, 32 hex digits; empty on a standalone
    std::int64_t operations = 0;
    Timestamp counting_since{};
};

// The index that a clustered collection is.
[[nodiscard]] bool is_clustered(const index::Spec& spec);

class Collection {
  public:
    Collection(std::string database, std::string name, index::CollectionTraits traits, std::string uuid);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::string full_name() const { return database_ + "." + name_; }
    [[nodiscard]] const index::CollectionTraits& traits() const { return traits_; }
    [[nodiscard]] const std::string& uuid() const { return uuid_; }
    void rename(std::string database, std::string name);
    void set_options(bson::Document options) { traits_.options = std::move(options); }

    [[nodiscard]] std::vector<IndexEntry>& indexes() { return indexes_; }
    [[nodiscard]] const std::vector<IndexEntry>& indexes() const { return indexes_; }
    [[nodiscard]] std::vector<index::Spec> specs()
        const;  // of all, unfinished ones too, in order of creation
    // Whether MongoDB keeps this one for the shard key: no other ready index supports it.
    [[nodiscard]] bool holds_up_shard_key(std::string_view name) const;
    // As replies tell it: a clustered collection's own index is the collection itself and not among them.
    [[nodiscard]] std::int32_t index_count() const;
    [[nodiscard]] IndexEntry* find_index(std::string_view name);
    void add_index(IndexEntry entry);
    void remove_index(std::string_view name);
    // After an index was changed in place: its unique keys are read anew.
    void forget_unique_keys(std::string_view name) { unique_keys_.erase(std::string(name)); }

    // 11000 with keyPattern and keyValue when the documents hold duplicates of a unique index; otherwise as
    // `check_indexable`.
    [[nodiscard]] Accepted check_build(const index::Spec& spec) const;
    // The groups of documents that share a key of the index.
    [[nodiscard]] Answer<std::vector<UniqueKeys::Duplicate>> duplicates(const index::Spec& spec) const;

    [[nodiscard]] const std::vector<bson::Document>& documents() const { return documents_; }
    // Takes a document in unless an index forbids it: 11000, or as `check_indexable`.
    [[nodiscard]] Accepted insert(bson::Document document);
    // As `insert` without any check: for documents known to be distinct, as those of a seed.
    void append(std::vector<bson::Document> documents);
    // Puts other documents in the place of all, unless an index forbids it; then nothing changes.
    [[nodiscard]] Accepted replace_all(std::vector<bson::Document> documents);
    [[nodiscard]] std::int64_t data_size() const;

  private:
    [[nodiscard]] Accepted load_unique_keys();
    [[nodiscard]] Refusal duplicate_key(const index::Spec& spec, const IndexKey& key) const;

    std::string database_;
    std::string name_;
    index::CollectionTraits traits_;
    std::string uuid_;
    std::vector<IndexEntry> indexes_;
    std::vector<bson::Document> documents_;
    std::map<std::string, UniqueKeys> unique_keys_;  // by index name; read at the first insert
};

}  // namespace mim::sandbox::catalog
