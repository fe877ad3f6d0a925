#include "identity/invite_tokens.hpp"

#include "drivers/crypto/digest.hpp"
#include "drivers/crypto/random.hpp"

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;

// Says what it is, for people and for scanners that look for secrets in the wrong place.
constexpr std::string_view mark = "mim_invite_";
constexpr std::size_t random_byte_count = 32;
constexpr std::size_t shown_digits = 6;

class RandomInviteTokens final : public app::InviteTokens {
  public:
    Secret make() override { return Secret(std::string(mark) + crypto::random_text(random_byte_count)); }
    std::string hash(const Secret& token) override { return crypto::sha256_hex(token.reveal()); }
    std::string prefix(const Secret& token) override {
        return token.reveal().substr(0, mark.size() + shown_digits);
    }
};

}  // namespace

std::unique_ptr<app::InviteTokens> create_invite_tokens() {
    return std::make_unique<RandomInviteTokens>();
}

}  // namespace mim::identity
