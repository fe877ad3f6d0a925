// A connection string as it comes back from somebody who was shown it with its secrets masked.
#pragma once

#include "app/ports/target.hpp"

namespace mim::app {

[[nodiscard]] bool holds_mask(const Secret& uri);

// `given` with every mask replaced by what `stored` has in that place. Beside options that tell neither where
// nor how a secret is sent (timeouts, pool sizes, read preferences …), `given` must be to the letter what is
// shown of `stored`: whoever may not read a secret could else have it sent to a host of his own.
// invalid_input (uri) otherwise.
[[nodiscard]] Result<Secret> with_stored_secrets(const Secret& given, const Secret& stored);

}  // namespace mim::app
