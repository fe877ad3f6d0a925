// API keys. Blocking; thread-safe. Errors: store_failed, or not_ready when it cannot be reached, everywhere;
// else as said.
#pragma once

#include "app/model/api_key.hpp"
#include "app/model/page.hpp"
#include "app/model/removal.hpp"
#include "base/result.hpp"

namespace mim::app {

class ApiKeyStore {
  public:
    virtual ~ApiKeyStore() = default;
    virtual Done create(const ApiKey& key) = 0;          // already_exists: the prefix is taken
    virtual Result<ApiKey> get(const ApiKeyId& id) = 0;  // not_found
    virtual Result<ApiKey> find_by_prefix(std::string_view prefix) = 0;    // not_found
    virtual Result<Page<ApiKey>> list(const std::optional<UserId>& owner,  // none = everybody's
                                      const PageRequest& page) = 0;        // newest first; no query
    virtual Result<Removal> remove(const ApiKeyId& id) = 0;
    // Unless it was used at that time or later; also when there is none.
    virtual Done note_use(const ApiKeyId& id, Timestamp now) = 0;
};

}  // namespace mim::app
