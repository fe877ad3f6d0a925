// app::KeySecrets: 48 random bits to know a key by, 256 to trust it by.
#pragma once

#include <memory>

#include "app/ports/key_secrets.hpp"

namespace mim::identity {

[[nodiscard]] std::unique_ptr<app::KeySecrets> create_key_secrets();

}  // namespace mim::identity
