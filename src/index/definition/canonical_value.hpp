// The one spelling of a BSON value in canonical texts: numbers by value whatever their type, all else typed
// and in order. Equal texts = equal values. Private to this room. Appends, so that a text is built in one
// string.
#pragma once

#include <string>

#include "bson/document.hpp"

namespace mim::index {

void append_quoted(std::string& text, std::string_view raw);  // as a JSON string
void append_value(std::string& text, const bson::ValueView& value);
void append_document(std::string& text, bson::DocumentView document);  // {"a":1,"b":"x"}

// `a_1_b_-1`. A field name is quoted where it could be read as something else (`"a_1"_1`), so that two keys
// have one text exactly when they are equal.
void append_key(std::string& text, bson::DocumentView key);

}  // namespace mim::index
