#include "identity/one_time_tokens.hpp"

#include "drivers/crypto/digest.hpp"
#include "drivers/crypto/random.hpp"

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;

constexpr std::size_t random_byte_count = 32;
constexpr std::size_t shown_digits = 6;

class RandomOneTimeTokens final : public app::OneTimeTokens {
  public:
    explicit RandomOneTimeTokens(std::string_view mark) : mark_(mark) {}

    Secret make() override { return Secret(std::string(mark_) + crypto::random_text(random_byte_count)); }
    std::string hash(const Secret& token) override { return crypto::sha256_hex(token.reveal()); }
    std::string prefix(const Secret& token) override {
        return token.reveal().substr(0, mark_.size() + shown_digits);
    }

  private:
    // Says what it is, for people and for scanners that look for secrets in the wrong place.
    std::string_view mark_;
};

}  // namespace

std::unique_ptr<app::OneTimeTokens> create_invite_tokens() {
    return std::make_unique<RandomOneTimeTokens>("mim_invite_");
}

std::unique_ptr<app::OneTimeTokens> create_reset_tokens() {
    return std::make_unique<RandomOneTimeTokens>("mim_reset_");
}

}  // namespace mim::identity
