// The one form in which definitions and live indexes are compared, whatever way they came: as stored in the
// registry, as sent, as listed in a first batch or raw from the catalog. Source: semantics section 14.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

// One option after normalisation. `text` is a canonical rendering: equal texts = equal options.
struct CanonicalOption {
    std::string text;
    bson::Value value;  // for people and scripts: the value as the user or the server wrote it
};

struct Canonical {
    std::string name;
    // What MongoDB's identity rules count, as one readable text: keys in order, then collation, unique,
    // sparse, filter, projection as far as this server version counts them (`a_1_b_-1`, `a_1 unique`, `a_1
    // filter={…}`). Equal exactly when MongoDB would hold the two to be the same index. The API's
    // `key_signature`.
    std::string signature;
    std::string key_text;  // the key pattern alone, numbers by value
    std::map<std::string, CanonicalOption>
        options;  // by MongoDB's option name; defaults absent; all that count, and unknown ones
};

// Never fails: an index that the rules would refuse (an old catalog, an unknown option) still has a canonical
// form.
[[nodiscard]] Canonical canonicalise(const Spec& spec, const RuleContext& context);

struct OptionDifference {
    std::string option;                   // "expireAfterSeconds"; "key" for the key pattern
    std::optional<bson::Value> registry;  // none = absent there
    std::optional<bson::Value> database;
};

// The options in which two canonical forms differ, sorted by option; empty = equal but for the name.
[[nodiscard]] std::vector<OptionDifference> differences(const Canonical& registry, const Canonical& database);

}  // namespace mim::index
