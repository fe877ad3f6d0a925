#include "identity/password_hasher.hpp"

#include <algorithm>
#include <semaphore>

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;

class Argon2Hasher final : public app::PasswordHasher {
  public:
    explicit Argon2Hasher(const PasswordSettings& settings)
        : cost_(settings.cost),
          nobody_(crypto::argon2id_decoy(settings.cost)),
          slots_(std::max(1, settings.at_once)) {}

    Result<Secret> hash(const Secret& password) override {
        const Turn turn(slots_);
        return crypto::argon2id_hash(password, cost_);
    }

    Verdict verify(const Secret& password, const Secret& hash) override {
        const Turn turn(slots_);
        return crypto::argon2id_verify(password, hash) == crypto::Match::yes ? Verdict::matches
                                                                             : Verdict::differs;
    }

    Verdict verify_nobody(const Secret& password) override { return verify(password, nobody_); }

  private:
    using Slots = std::counting_semaphore<>;
    struct Turn {
        Slots& slots;
        explicit Turn(Slots& free_slots) : slots(free_slots) { slots.acquire(); }
        ~Turn() { slots.release(); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
    };

    crypto::Argon2Cost cost_;
    Secret nobody_;
    Slots slots_;
};

}  // namespace

std::unique_ptr<app::PasswordHasher> create_password_hasher(const PasswordSettings& settings) {
    return std::make_unique<Argon2Hasher>(settings);
}

}  // namespace mim::identity
