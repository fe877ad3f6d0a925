// What the bodies of plans, syncs and retries have in common.
#pragma once

#include "app/syncs.hpp"
#include "http/json_reader.hpp"
#include "http/request.hpp"

namespace mim::http {

[[nodiscard]] app::SyncOptions read_sync_options(ObjectReader& fields);

// A retry's optional body; the caller is known.
[[nodiscard]] Result<app::RetryRequest> read_retry(const Request& request, const SyncId& sync);

}  // namespace mim::http
