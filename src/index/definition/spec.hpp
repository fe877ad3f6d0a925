// An index specification as MongoDB writes it: name, key pattern, options; nothing normalised, nothing lost.
// It is the form in which definitions are stored, sent and listed. Whether it is allowed: rules.hpp. When two
// are the same: canonical.hpp.
#pragma once

#include <string>

#include "bson/document.hpp"

namespace mim::index {

struct Spec {
    std::string name;
    bson::Document key;      // ordered, values verbatim: {a: 1, b: -1, t: "text"}
    bson::Document options;  // every other top-level field under MongoDB's own name: {unique: true, …}; also
                             // unknown ones

    // From a document as in `createIndexes` or `listIndexes`. A missing or mistyped `key`/`name` becomes
    // empty: judge untrusted documents with `check_document` first.
    [[nodiscard]] static Spec from_document(bson::DocumentView document);
    [[nodiscard]] bson::Document to_document() const;  // {key, name, …options}
    [[nodiscard]] bool is_id_index() const;            // key is exactly {_id: 1} or {_id: -1}

    friend bool operator==(const Spec&, const Spec&) = default;  // by bytes
};

// The name drivers and mongosh give: `a_1_b_-1`, `loc_2dsphere`, `t_text_$**_1`.
// Source: the drivers' index-management specification.
[[nodiscard]] std::string default_name(bson::DocumentView key);

}  // namespace mim::index
