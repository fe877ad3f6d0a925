// Sealing the connection strings of a whole store: by its current key what is in the clear or under an older
// one; and counting what they are sealed with. Safe while servers run: whoever writes one meanwhile wins.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "drivers/crypto/secret_box.hpp"
#include "store/stored_uris.hpp"

namespace mim::store {

// What a connection string is bound to, so that a sealed one cannot be moved to another database.
[[nodiscard]] std::string place_of_uri(const DatabaseId& database);

struct SealCount {
    std::int64_t in_the_clear = 0;
    std::map<std::string, std::int64_t> by_key;  // key id → how many
    [[nodiscard]] std::int64_t all() const;
};
// Needs no key.
[[nodiscard]] Result<SealCount> count_seals(StoredUris& uris);

struct UnreadableUri {
    DatabaseId database;
    Error error;
};
// Every one that the keys of `box` cannot open.
[[nodiscard]] Result<std::vector<UnreadableUri>> unreadable_uris(StoredUris& uris,
                                                                 const drivers::crypto::SecretBox& box);

enum class Scope { in_the_clear, all };
struct SealingReport {
    std::int64_t sealed = 0;    // those that were in the clear
    std::int64_t resealed = 0;  // those under an older key
    std::int64_t current = 0;   // those that were right already
    std::vector<UnreadableUri> unreadable;
    Wiped wiped = Wiped::now;
};
// `on_seen` is told how many were looked at so far. Leaves what cannot be read as it is.
[[nodiscard]] Result<SealingReport> seal_uris(StoredUris& uris, const drivers::crypto::SecretBox& box,
                                              Scope scope, const std::function<void(std::int64_t)>& on_seen);

}  // namespace mim::store
