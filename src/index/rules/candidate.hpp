// One createIndexes element under judgement, and the rules it meets, one function for each group of rules.
// Private to this room; check.cpp calls them in the server's order. All read only, none fails but by its
// verdict.
#pragma once

#include "index/definition/key_type.hpp"
#include "index/rules/rejection.hpp"

namespace mim::index {

struct Candidate {
    bson::DocumentView document;  // the whole element
    bson::DocumentView key;
    KeyType type;
    const RuleContext& context;

    [[nodiscard]] std::optional<bson::ValueView> option(std::string_view name) const {
        return document.find(name);
    }
    [[nodiscard]] bool turned_on(std::string_view name) const;  // there, and true as MongoDB sees it
    [[nodiscard]] bool is_id_index()
        const;  // never in a time-series collection, where `_id` is an ordinary field
    [[nodiscard]] bool since(ServerVersion version) const { return context.version >= version; }
};

// Before a Candidate can be made: names of the fields (197), `key` and `name` present and of their types.
[[nodiscard]] Verdict check_fields(bson::DocumentView document, const RuleContext& context);

[[nodiscard]] Verdict check_option_types(const Candidate& candidate);         // rules_option_types.cpp
[[nodiscard]] Verdict check_key(const Candidate& candidate);                  // rules_key.cpp
[[nodiscard]] Verdict check_name(const Candidate& candidate);                 // rules_name.cpp
[[nodiscard]] Verdict check_options(const Candidate& candidate);              // rules_options.cpp
[[nodiscard]] Verdict check_clustered(const Candidate& candidate);            // rules_clustered.cpp
[[nodiscard]] Verdict check_id_index(const Candidate& candidate);             // rules_id_index.cpp
[[nodiscard]] Verdict check_hashed(const Candidate& candidate);               // rules_hashed.cpp
[[nodiscard]] Verdict check_geo(const Candidate& candidate);                  // rules_geo.cpp
[[nodiscard]] Verdict check_text(const Candidate& candidate);                 // rules_text.cpp
[[nodiscard]] Verdict check_encrypted(const Candidate& candidate);            // rules_encrypted.cpp
[[nodiscard]] Verdict check_wildcard(const Candidate& candidate);             // rules_wildcard.cpp
[[nodiscard]] Verdict check_wildcard_projection(const Candidate& candidate);  // rules_projection.cpp
[[nodiscard]] Verdict check_ttl(const Candidate& candidate);                  // rules_ttl.cpp
[[nodiscard]] Verdict check_partial_filter(const Candidate& candidate);       // rules_partial_filter.cpp
[[nodiscard]] Verdict check_collation(const Candidate& candidate);            // rules_collation.cpp
[[nodiscard]] Verdict check_time_series(const Candidate& candidate);          // rules_time_series.cpp
[[nodiscard]] Verdict check_sharding(const Candidate& candidate);             // rules_sharding.cpp

// One collation document, apart from the index it stands in.
[[nodiscard]] Verdict check_collation_document(bson::DocumentView collation, const RuleContext& context);

}  // namespace mim::index
