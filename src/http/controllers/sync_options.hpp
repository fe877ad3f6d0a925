// The options that a plan and a sync share.
#pragma once

#include "app/model/sync.hpp"
#include "http/json_reader.hpp"

namespace mim::http {

[[nodiscard]] app::SyncOptions read_sync_options(ObjectReader& fields);

}  // namespace mim::http
