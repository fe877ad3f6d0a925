#include "main/settings/topics.hpp"

namespace mim::main {

void add_token_settings(SettingTable& table, ServeSettings& settings) {
    table.add_path("--private-key", settings.private_key,
                   "RSA private key (PEM) that signs tokens; default DATA/private.pem, made at first start");
    table.add_path("--public-key", settings.public_key, "Its public key (PEM); default DATA/public.pem");
    table.add_path(
        "--additional-public-keys", settings.additional_public_keys,
        "More public keys (PEM) whose tokens are accepted, a file or a folder of *.pem: for a change "
        "of keys");
    table.add_text("--token-issuer", settings.tokens.issuer, "Who signs, the `iss` of a token");
    table.add_text("--token-audience", settings.tokens.audience, "Whom it is for, the `aud` of a token");
    table.add_seconds("--access-token-seconds", settings.lifetimes.access,
                      "How long an access token is good");
    table.add_seconds("--refresh-token-seconds", settings.lifetimes.refresh,
                      "How long a refresh token is good");
    table.add_milliseconds(
        "--refresh-sibling-milliseconds", settings.lifetimes.siblings,
        "How long after its first use a refresh token still gives a pair, to a client that "
        "refreshes several times at once; 0 = each gives one",
        0, 60'000);
}

}  // namespace mim::main
