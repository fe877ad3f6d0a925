#include "identity/key_secrets.hpp"

#include "base/ascii.hpp"
#include "drivers/crypto/digest.hpp"
#include "drivers/crypto/random.hpp"

namespace mim::identity {
namespace {

constexpr std::size_t prefix_bytes = 6;
constexpr std::size_t secret_bytes = 32;

class SodiumKeySecrets final : public app::KeySecrets {
  public:
    Made make() override {
        return {ascii::hex(drivers::crypto::random_bytes(prefix_bytes)),
                Secret(drivers::crypto::random_text(secret_bytes))};
    }
    [[nodiscard]] std::string hash(std::string_view secret) const override {
        return drivers::crypto::digest(secret);
    }
    [[nodiscard]] Verdict verify(std::string_view secret, std::string_view hash) const override {
        const auto found = drivers::crypto::digest(secret);
        const auto equality = drivers::crypto::compare_in_constant_time(found, hash);
        return equality == drivers::crypto::Equality::equal ? Verdict::matches : Verdict::differs;
    }
};

}  // namespace

std::unique_ptr<app::KeySecrets> create_key_secrets() {
    return std::make_unique<SodiumKeySecrets>();
}

}  // namespace mim::identity
