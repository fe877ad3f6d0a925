// The store's own list of what a queue should hold. A queue that lives outside of the store may lose its
// data; what is listed here is then offered to it again. Blocking; thread-safe. Errors: store_failed.
#pragma once

#include <cstddef>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"

namespace mim::app {

class JobFeed {
  public:
    virtual ~JobFeed() = default;
    // Up to `limit` syncs that should have a job, oldest first: pending ones, and running ones too (whether
    // somebody still works on these only the queue can tell: offering a job that is there is harmless).
    virtual Result<std::vector<SyncId>> waiting(std::size_t limit) = 0;
};

}  // namespace mim::app
