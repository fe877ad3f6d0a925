#include "contract/key_secrets_contract.hpp"
#include "contract/password_hasher_contract.hpp"
#include "contract/token_codec_contract.hpp"
#include "identity/key_secrets.hpp"
#include "identity/password_hasher.hpp"
#include "unit/identity/token_test_tools.hpp"

namespace mim::contract {
namespace {

struct CheapArgon2 {
    app::PasswordHasher& hasher() { return *hasher_; }
    std::unique_ptr<app::PasswordHasher> hasher_ = identity::create_password_hasher({{64 * 1024, 1}, 2});
};

const identity::KeyPair& strange_keys() {
    static const identity::KeyPair pair = [] {
        auto key = drivers::crypto::PrivateKey::generate().value();
        auto half = key.public_half();
        return identity::KeyPair{std::move(key), std::move(half)};
    }();
    return pair;
}

struct SodiumSecrets {
    app::KeySecrets& key_secrets() { return *secrets_; }
    std::unique_ptr<app::KeySecrets> secrets_ = identity::create_key_secrets();
};

struct Rs256 {
    app::TokenCodec& tokens() { return *tokens_; }
    app::TokenCodec& stranger() { return *stranger_; }
    std::unique_ptr<app::TokenCodec> tokens_ = identity::create_token_codec({}, identity::test_keys());
    std::unique_ptr<app::TokenCodec> stranger_ = identity::create_token_codec({}, strange_keys());
};

}  // namespace

INSTANTIATE_TYPED_TEST_SUITE_P(Argon2, PasswordHasherContract, ::testing::Types<CheapArgon2>);
INSTANTIATE_TYPED_TEST_SUITE_P(Sodium, KeySecretsContract, ::testing::Types<SodiumSecrets>);
INSTANTIATE_TYPED_TEST_SUITE_P(Rs256, TokenCodecContract, ::testing::Types<Rs256>);

}  // namespace mim::contract
