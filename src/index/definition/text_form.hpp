// Text indexes as the catalog holds them: `_fts: "text", _ftsx: 1` in the place of the text fields, and the
// fields in `weights`. Private to this room. Source: mongo src/mongo/db/fts/fts_spec.cpp (fixSpec).
#pragma once

#include <optional>

#include "bson/document.hpp"

namespace mim::index {

inline constexpr std::string_view usual_language = "english";
inline constexpr std::string_view usual_language_override = "language";
inline constexpr std::int32_t usual_text_version = 3;

[[nodiscard]] bool in_stored_text_form(bson::DocumentView key);
[[nodiscard]] bson::Document stored_text_key(bson::DocumentView key);
// One int32 per field, sorted by name: the text fields of the key with 1, overlaid by what the user wrote.
[[nodiscard]] bson::Document stored_weights(bson::DocumentView key,
                                            const std::optional<bson::ValueView>& weights);

}  // namespace mim::index
