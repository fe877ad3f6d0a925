// A connection string as it comes back from somebody who was shown it with its secrets masked.
#pragma once

#include "app/ports/target.hpp"

namespace mim::app {

[[nodiscard]] bool holds_mask(const Secret& uri);

// `given` with every mask replaced by what `stored` has in that place: the password, or the option of that
// name. The rest may have been changed. invalid_input (uri) when `stored` has nothing for a mask.
[[nodiscard]] Result<Secret> with_stored_secrets(const Secret& given, const Secret& stored);

}  // namespace mim::app
