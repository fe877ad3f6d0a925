// Judges a filter's form, so that asking it about documents cannot fail.
#pragma once

#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

[[nodiscard]] Accepted check_filter(bson::DocumentView filter);
// True when the value is an operator expression such as {$gt: 5}.
[[nodiscard]] bool is_operators(const bson::ValueView& value);

}  // namespace mim::sandbox::query
