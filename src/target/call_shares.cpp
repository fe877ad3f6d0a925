#include "target/call_shares.hpp"

namespace mim::target {
namespace {

constexpr std::chrono::seconds try_again_after{5};
constexpr std::size_t longest_deployment = 200;

using Counts = std::map<std::string, std::size_t>;

std::size_t count_of(const Counts& counts, const std::string& key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

void give_back(Counts& counts, const std::string& key) {
    const auto found = counts.find(key);
    if (found != counts.end() && --found->second == 0) counts.erase(found);
}

// "8 calls to targets are under way, which is as many as … may have at once"
std::string full(std::size_t limit, const std::string& which, const std::string& owner) {
    return std::to_string(limit) + (limit == 1 ? " call" : " calls") + which + (limit == 1 ? " is" : " are") +
           " under way, which is as many as " + owner + " may have at once, so ";
}

}  // namespace

struct CallShares::State {
    explicit State(CallLimits wanted) : limits(wanted) {}
    const CallLimits limits;
    std::mutex mutex;
    std::size_t taken = 0;
    Counts of_deployments;
    Counts of_users;
};

CallShares::CallShares(CallLimits limits) : state_(std::make_shared<State>(limits)) {}

CallShares::Share::~Share() {
    if (!state_) return;
    const std::scoped_lock lock(state_->mutex);
    --state_->taken;
    give_back(state_->of_deployments, deployment_);
    if (!user_.empty()) give_back(state_->of_users, user_);
}

Result<CallShares::Share> CallShares::take(const std::string& deployment, const UserId* user) {
    const std::string name = deployment.substr(0, longest_deployment);
    const std::string not_asked = "the deployment " + name + " was not asked: try again when ";
    const CallLimits& limits = state_->limits;
    const std::scoped_lock lock(state_->mutex);
    if (user != nullptr && count_of(state_->of_users, user->text()) >= limits.of_a_user)
        return Error(ErrorCode::rate_limited,
                     full(limits.of_a_user, " of yours to targets", "a user") + not_asked +
                         "your other calls have been answered",
                     try_again_after);
    const std::size_t own = count_of(state_->of_deployments, deployment);
    if (own >= limits.of_a_deployment)
        return Error(ErrorCode::not_ready,
                     full(limits.of_a_deployment, " to this target", "a deployment") + not_asked +
                         "they have been answered; when it never answers, test its connection",
                     try_again_after);
    // The last quarter is for deployments of which none is under way: a few slow ones do not keep the others
    // out.
    const std::size_t open = own == 0 ? limits.in_all : limits.in_all - limits.in_all / 4;
    if (state_->taken >= open)
        return Error(
            ErrorCode::not_ready,
            full(open, " to targets", own == 0 ? "this server" : "deployments with a call under way") +
                not_asked + "some have been answered",
            try_again_after);
    ++state_->taken;
    ++state_->of_deployments[deployment];
    if (user != nullptr) ++state_->of_users[user->text()];
    return Share(state_, deployment, user != nullptr ? user->text() : "");
}

}  // namespace mim::target
