#include "main/settings/topics.hpp"

namespace mim::main {

void add_token_settings(SettingTable& table, ServeSettings& settings) {
    table.add("--private-key", settings.private_key,
              "RSA private key (PEM) that signs tokens; default DATA/private.pem, made at first start");
    table.add("--public-key", settings.public_key, "Its public key (PEM); default DATA/public.pem");
    table.add_duration("--access-token-seconds", settings.access_token_lifetime,
                       "How long an access token is good");
    table.add_duration("--refresh-token-seconds", settings.refresh_token_lifetime,
                       "How long a refresh token is good");
}

}  // namespace mim::main
