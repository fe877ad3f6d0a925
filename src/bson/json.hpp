// MongoDB Extended JSON v2. `canonical` keeps every type; `relaxed` is for people.
#pragma once

#include <string>
#include <string_view>

#include "bson/document.hpp"

namespace mim::bson {

enum class JsonForm { canonical, relaxed };

// An object in canonical or relaxed Extended JSON. Bare integers become int32 (int64 when they do not fit),
// other bare numbers double. `invalid_input` says what was expected. Duplicate keys are kept, as BSON keeps
// them.
[[nodiscard]] Result<Document> parse_json(std::string_view text);
[[nodiscard]] std::string to_json(DocumentView document, JsonForm form = JsonForm::canonical);
// The value alone: `{"$numberLong":"5"}`, `"text"`, `1` …
[[nodiscard]] std::string to_json(const ValueView& value, JsonForm form = JsonForm::canonical);

}  // namespace mim::bson
