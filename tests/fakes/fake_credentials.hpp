// A hasher that takes no time and a codec without cryptography: enough to tell right from wrong. Both count
// their calls. Thread-safe.
#pragma once

#include <atomic>

#include "app/ports/credentials.hpp"
#include "app/ports/key_secrets.hpp"
#include "app/ports/one_time_tokens.hpp"

namespace mim::fakes {

class FakeHasher final : public app::PasswordHasher {
  public:
    Result<Secret> hash(const Secret& password) override;
    Verdict verify(const Secret& password, const Secret& hash) override;
    Verdict verify_nobody(const Secret& password) override;

    std::atomic<int> verified{0};         // against a hash
    std::atomic<int> verified_nobody{0};  // for users that do not exist

  private:
    std::atomic<int> salt_{0};
};

class FakeOneTimeTokens final : public app::OneTimeTokens {
  public:
    Secret make() override { return Secret("invite-" + std::to_string(++made_) + "-and-so-on"); }
    std::string hash(const Secret& token) override { return "hash of " + token.reveal(); }
    std::string prefix(const Secret& token) override { return token.reveal().substr(0, 8); }

  private:
    std::atomic<int> made_{0};
};

// Secrets that are told apart by a number. Counts its verdicts.
class FakeKeySecrets final : public app::KeySecrets {
  public:
    Made make() override;
    [[nodiscard]] std::string hash(std::string_view secret) const override;
    [[nodiscard]] Verdict verify(std::string_view secret, std::string_view hash) const override;

    mutable std::atomic<int> verified{0};

  private:
    std::atomic<int> made_{0};
};

class FakeTokens final : public app::TokenCodec {
  public:
    explicit FakeTokens(std::string key) : key_(std::move(key)) {}
    Result<std::string> sign(const app::Claims& claims) override;
    Result<app::Claims> verify(std::string_view token, Timestamp now) override;

    std::atomic<int> verified{0};

  private:
    [[nodiscard]] std::string seal(std::string_view text) const;
    std::string key_;
};

}  // namespace mim::fakes
