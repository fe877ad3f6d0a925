// A collation with every field filled in: the written short form, its defaults, its text. Private to this
// room. Source: semantics section 2.3; mongo src/mongo/db/query/collation/collator_factory_icu.cpp; the
// defaults of each locale were asked of a server (scripts/ask-collations).
#pragma once

#include <optional>
#include <string>

#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

inline constexpr std::string_view collation_version = "57.1";

// None stands for {locale: "simple"}, which is comparison by bytes. What is filled in here are MongoDB's
// general defaults, which most locales have.
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

// What a server fills in for a locale, with or without a variant ("de@collation=phonebook"). None: it has no
// data for it.
[[nodiscard]] std::optional<Collation> collation_defaults(std::string_view locale);
[[nodiscard]] bool is_known_locale(std::string_view locale);
[[nodiscard]] std::string_view without_variant(std::string_view locale);
// Of these only the members that differ from the general defaults: {normalization: true}.
[[nodiscard]] bson::Document defaults_of_its_own(std::string_view locale);

// As the server reads a number: a fraction is cut off, but a Decimal128 is rounded, half to even. None for
// what is no number.
[[nodiscard]] std::optional<std::int64_t> read_strength(const bson::ValueView& value);

// Listed by a server with another ICU: such a listing is whole, and its defaults are none of ours.
[[nodiscard]] bool is_of_another_icu(bson::DocumentView written);

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
