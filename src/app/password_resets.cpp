#include "app/password_resets.hpp"

#include "app/credential_rules.hpp"

namespace mim::app {
namespace {

// One answer for every kind of bad token: it tells a guesser nothing.
Error unusable_reset() {
    return invalid_field("token", "is unknown, used or expired: ask an administrator for another");
}

}  // namespace

Result<OfferedReset> PasswordResets::offer(const UserId& id, const UserId& by) {
    MIM_TRY(user, ports_.users.get(id));
    OfferedReset offered{std::move(user), ports_.tokens.make(), ports_.clock.now() + lifetime};
    MIM_CHECK(ports_.users.offer_reset(id, {ports_.tokens.hash(offered.token), offered.expires_at, by}));
    return offered;
}

Result<User> PasswordResets::redeem(const Secret& token, const Secret& next) {
    MIM_CHECK(check_new_password(next));
    const std::string token_hash = ports_.tokens.hash(token);
    auto user = ports_.users.find_by_reset(token_hash, ports_.clock.now());
    if (!user) return user.error().code == ErrorCode::not_found ? unusable_reset() : user.error();
    MIM_TRY(hash, ports_.hasher.hash(next));
    const Done redeemed = ports_.users.redeem_reset(user->id, token_hash, hash, ports_.clock.now());
    if (!redeemed && redeemed.error().code == ErrorCode::not_allowed_in_state) return unusable_reset();
    MIM_CHECK(redeemed);
    ports_.accounts.check_sessions_again();
    // The same write has ended the sessions; this tells it of each, and nothing depends on it.
    static_cast<void>(ports_.families.revoke_all_of(user->id));
    return user;
}

}  // namespace mim::app
