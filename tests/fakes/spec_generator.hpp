// Index definitions of every kind, by chance but the same for the same seed: for property tests. Most of what
// comes out MongoDB would take; ask `check`. Not thread-safe.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bson/builder.hpp"
#include "index/definition/spec.hpp"

namespace mim::fakes {

class SpecGenerator {
  public:
    explicit SpecGenerator(std::uint64_t seed) : random_(seed) {}

    // Every key type, compound or not, awkward field names, every option that goes with the type, numbers of
    // every BSON type. The name is the default one, or free text.
    [[nodiscard]] index::Spec next();

    // Everything that is one step away from `spec` and says something else: one key value, one field, the
    // order of two fields, one option added, changed or taken away. Never only another spelling; never `v`,
    // `background` or the versions of text and 2dsphere indexes, which MongoDB does not compare.
    [[nodiscard]] static std::vector<index::Spec> single_changes(const index::Spec& spec);

  private:
    bool chance(int percent) { return below(100) < percent; }
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
    template <class List>
    auto one_of(const List& list) {
        return *(std::begin(list) + below(static_cast<int>(std::size(list))));
    }

    std::string field_name();
    std::string fresh_field(std::vector<std::string>& used);
    void add_direction(bson::Builder& key, std::string_view field);
    bson::Document key();
    bson::Document text_key();
    bson::Document wildcard_key();
    bson::Document special_key(std::string_view type);
    bson::Document plain_key();

    void add_general_options(const bson::Document& key, bson::Builder& options);
    void add_own_options(const bson::Document& key, bson::Builder& options);
    void add_text_options(bson::Builder& options);
    void add_geo_options(std::string_view type, bson::Builder& options);
    void add_wildcard_options(const bson::Document& key, bson::Builder& options);
    bson::Document collation();
    bson::Document filter();

    std::mt19937_64 random_;
};

}  // namespace mim::fakes
