#include "main/secret_start.hpp"

#include <algorithm>

#include "store/uri_sealing.hpp"

namespace mim::main {
namespace {

void warn_of_missing_keys(const store::SealCount& count, const SecretKeys& keys, Logger& log) {
    for (const auto& [id, databases] : count.by_key) {
        const auto& here = keys.box.keys();
        const bool known = std::ranges::find(here, id, &drivers::crypto::SealKey::id) != here.end();
        if (!known) log.error("secrets.key_missing", {{"key", id}, {"databases", databases}});
    }
}

// Nothing to speak of at the first start; later it means that the file was lost.
void tell_of_new_key(const ServeSettings& settings, const store::SealCount& count, const SecretKeys& keys,
                     Logger& log) {
    log.write(count.by_key.empty() ? LogLevel::debug : LogLevel::warning, "secrets.key_made",
              {{"key", keys.box.current_id()}, {"file", secret_key_file(settings).string()}});
}

}  // namespace

Done settle_secrets(const ServeSettings& settings, store::StoredUris& uris, const SecretKeys& keys,
                    Logger& log) {
    MIM_TRY(count, store::count_seals(uris));
    if (keys.origin == SecretKeys::Origin::made) tell_of_new_key(settings, count, keys, log);
    warn_of_missing_keys(count, keys, log);
    if (count.in_the_clear == 0) return {};
    if (!settings.store.empty()) {
        log.warning("secrets.in_the_clear",
                    {{"databases", count.in_the_clear}, {"remedy", "mim store rekey"}});
        return {};
    }
    MIM_TRY(report, store::seal_uris(uris, keys.box, store::Scope::in_the_clear, [](std::int64_t) {}));
    log.warning("secrets.sealed", {{"databases", report.sealed}, {"key", keys.box.current_id()}});
    return {};
}

}  // namespace mim::main
