// An index between the contract's form ({name, keys: [{field, value}], options: {is_unique, …}}) and
// `index::Spec`. Both ways without loss: what the contract has no name for travels in `options.other`, what
// JSON cannot hold as Extended JSON. False flags are left out of a spec, as MongoDB leaves them out of its
// catalog.
#pragma once

#include "app/definitions.hpp"
#include "http/json_reader.hpp"
#include "http/json_writer.hpp"
#include "index/comparison/comparison.hpp"
#include "index/definition/spec.hpp"

namespace mim::http {

// `name`, `keys` and `options` of the body. Whether MongoDB would take the index is not judged here.
// Options go by the contract's names and by MongoDB's.
[[nodiscard]] index::Spec read_spec(ObjectReader& fields);
// The same of a change, where each may be left out.
[[nodiscard]] app::SpecChange read_spec_change(ObjectReader& fields);

// [{"field": …, "value": …}, …]
void write_keys(JsonWriter& json, bson::DocumentView key);
// `is_unique` and `expire_after_seconds` always, the others when present.
void write_options(JsonWriter& json, bson::DocumentView options);
// name, key_signature, keys, options, is_text, is_default, has_default_name: the fields of an object that the
// caller opened.
void write_index_fields(JsonWriter& json, const index::Spec& spec, std::string_view signature);

}  // namespace mim::http
