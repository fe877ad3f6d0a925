// BSON values as JSON and back without loss: plain JSON where JSON can hold the type, Extended JSON (v2)
// elsewhere. Bare numbers: `1` is an int32 (int64 when too large), `1.0` a double; `{"$numberLong":"1"}` a
// small int64, and so on.
#pragma once

#include <boost/json/value.hpp>

#include "bson/builder.hpp"
#include "http/json_writer.hpp"

namespace mim::http {

void write_value(JsonWriter& json, const bson::ValueView& value);
void write_document(JsonWriter& json, bson::DocumentView document);

// invalid_input with the reason when an Extended JSON part is malformed.
[[nodiscard]] Result<bson::Value> read_value(const boost::json::value& value);

}  // namespace mim::http
