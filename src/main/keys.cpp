#include "main/keys.hpp"

namespace mim::main {

namespace {

Result<identity::KeyPair> signing_keys(const ServeSettings& settings) {
    if (settings.private_key.empty() && settings.public_key.empty()) {
        return identity::load_or_create_key_pair(settings.data);
    }
    if (settings.private_key.empty() || settings.public_key.empty()) {
        const char* absent = settings.private_key.empty() ? "--private-key" : "--public-key";
        return invalid_field(absent, "must be set too: the two files of a pair belong together");
    }
    return identity::load_key_pair(settings.private_key, settings.public_key);
}

}  // namespace

Result<identity::KeyRing> token_keys(const ServeSettings& settings) {
    MIM_TRY(pair, signing_keys(settings));
    if (settings.additional_public_keys.empty()) return identity::KeyRing(std::move(pair));
    MIM_TRY(accepted, identity::load_public_keys(settings.additional_public_keys));
    return identity::KeyRing(std::move(pair), std::move(accepted));
}

}  // namespace mim::main
