// An API key to its row.
#pragma once

#include "app/model/api_key.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

Done insert_api_key(sqlite::Connection& to, const app::ApiKey& key);  // already_exists

}  // namespace mim::store
