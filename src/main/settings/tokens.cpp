#include "main/settings/topics.hpp"

namespace mim::main {

void add_token_settings(SettingTable& table, ServeSettings& settings) {
    table.add("--private-key", settings.private_key,
              "RSA private key (PEM) that signs tokens; default DATA/private.pem, made at first start");
    table.add("--public-key", settings.public_key, "Its public key (PEM); default DATA/public.pem");
    table.add("--additional-public-keys", settings.additional_public_keys,
              "More public keys (PEM) whose tokens are accepted, a file or a folder of *.pem: for a change "
              "of keys");
    table.add("--token-issuer", settings.token_issuer, "Who signs, the `iss` of a token");
    table.add("--token-audience", settings.token_audience, "Whom it is for, the `aud` of a token");
    table.add_duration("--access-token-seconds", settings.access_token_lifetime,
                       "How long an access token is good");
    table.add_duration("--refresh-token-seconds", settings.refresh_token_lifetime,
                       "How long a refresh token is good");
}

}  // namespace mim::main
