// A collation with every field filled in: the written short form, its defaults, its text. Private to this
// room. Source: semantics section 2.3; mongo src/mongo/db/query/collation/collator_factory_icu.cpp.
#pragma once

#include <optional>
#include <string>

#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

inline constexpr std::string_view collation_version = "57.1";

// None stands for {locale: "simple"}, which is comparison by bytes.
struct Collation {
    std::string locale;
    bool case_level = false;
    std::string case_first = "off";
    std::int64_t strength = 3;
    bool numeric_ordering = false;
    std::string alternate = "non-ignorable";
    std::string max_variable = "punct";
    bool normalization = false;
    bool backwards = false;
};

[[nodiscard]] Collation collation_defaults(std::string_view locale);
[[nodiscard]] bool is_known_locale(std::string_view locale);

// What `written` means; a field of a wrong type counts as absent.
[[nodiscard]] std::optional<Collation> written_collation(bson::DocumentView written);
// Of an index of this collection: its own, else the one it inherits. A spec that has `v` comes from a
// catalog, where absent means simple; without `v` it comes from a user, where absent means the collection's
// default.
[[nodiscard]] std::optional<Collation> effective_collation(const Spec& spec, const RuleContext& context);

[[nodiscard]] bson::Document collation_document(const Collation& collation);  // all ten fields
// Locale and what differs from MongoDB's general defaults; equal texts = equal collations. Empty for none.
[[nodiscard]] std::string collation_text(const std::optional<Collation>& collation);

}  // namespace mim::index
