// What a server or worker does about sealed connection strings when it starts.
#pragma once

#include "base/log.hpp"
#include "main/secret_keys.hpp"
#include "store/stored_uris.hpp"

namespace mim::main {

// Seals what an older version left in the clear in the embedded store. In a store that many servers share it
// only warns of it, as an older server beside this one could no longer read it. Warns of keys that are
// missing, too: the databases sealed with them cannot be used, everything else can.
Done settle_secrets(const ServeSettings& settings, store::StoredUris& uris, const SecretKeys& keys,
                    Logger& log);

}  // namespace mim::main
