#include "main/keys.hpp"

namespace mim::main {

Result<identity::KeyPair> token_keys(const ServeSettings& settings) {
    if (settings.private_key.empty() && settings.public_key.empty()) {
        return identity::load_or_create_key_pair(settings.data);
    }
    if (settings.private_key.empty() || settings.public_key.empty()) {
        const char* absent = settings.private_key.empty() ? "--private-key" : "--public-key";
        return invalid_field(absent, "must be set too: the two files of a pair belong together");
    }
    return identity::load_key_pair(settings.private_key, settings.public_key);
}

}  // namespace mim::main
