// A spec as MongoDB's catalog holds it and listIndexes shows it: text keys rewritten to _fts/_ftsx with
// weights and language defaults, collation expanded to all its fields, false `unique`/`hidden` removed,
// 2dsphereIndexVersion filled in, v:2. Source: semantics sections 2 and 3. Idempotent. Only for specs that
// pass `check`. Absent collation: a spec without `v` is a user's and inherits the collection's default; one
// with `v` comes from a catalog, where absent means simple. Who has a user's spec with `v` must write the
// inherited collation into it first.
#pragma once

#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

[[nodiscard]] Spec stored_form(const Spec& spec, const RuleContext& context);

// A stored spec as the first batch of listIndexes shows it, where that differs: a fraction of
// expireAfterSeconds is cut off in the listing (5.0+), yet counts when the server compares.
[[nodiscard]] Spec listed_form(const Spec& stored, const RuleContext& context);

// The ten fields of a collation written out, given what the user wrote. Source: semantics section 2.3.
[[nodiscard]] bson::Document expand_collation(bson::DocumentView collation);

// What is sent to have it built, on servers whose ICU may have other defaults than the one we know: a
// collation of a locale with defaults of its own names all its members. Everything else is sent as it is
// written.
[[nodiscard]] Spec sent_form(const Spec& spec);

// What an older version of ours took it for, which knew no defaults of a locale but those of fr_CA: the
// members that its collation leaves out have the general ones. Written out where that makes a difference.
[[nodiscard]] Spec with_general_collation(const Spec& spec);

// From a listing back to what a user would define: text fields from weights, expanded collation reduced,
// server-filled versions dropped. stored_form(user_form(x)) is equivalent to x.
[[nodiscard]] Spec user_form(const Spec& listed);
// The same in a collection whose default collation is known: a listed index without one then says {locale:
// "simple"}, and one that has the default leaves it out. Without the context a collation is only shortened.
[[nodiscard]] Spec user_form(const Spec& listed, const RuleContext& context);

}  // namespace mim::index
