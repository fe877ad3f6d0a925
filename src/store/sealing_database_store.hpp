// A DatabaseStore that keeps connection strings sealed in another one. Strings in the clear, from before they
// were sealed, are read as they are and sealed when their database is next written. One that cannot be opened
// costs nothing but itself: its database comes without it and with the reason, and can be given a new one.
// Thread-safe.
#pragma once

#include <memory>

#include "app/ports/database_store.hpp"
#include "drivers/crypto/secret_box.hpp"

namespace mim::store {

// update: secret_unreadable when `database` still has the reason why its string was not read, as that string
// would be lost.
[[nodiscard]] std::unique_ptr<app::DatabaseStore> create_sealing_database_store(
    std::unique_ptr<app::DatabaseStore> inner, drivers::crypto::SecretBox box);

}  // namespace mim::store
