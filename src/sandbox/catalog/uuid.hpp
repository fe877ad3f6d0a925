// UUIDs of collections and index builds: 32 hex digits inside, BSON binary of subtype 4 outside.
#pragma once

#include <string>

#include "bson/document.hpp"

namespace mim::sandbox::catalog {

[[nodiscard]] std::string new_uuid();  // random, different at every call
[[nodiscard]] bson::Value uuid_value(const std::string& digits);

}  // namespace mim::sandbox::catalog
