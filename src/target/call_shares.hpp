// How many callers may hold targets at once, so that a deployment which does not answer keeps some threads of
// this process waiting and never all. Thread-safe.
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/id.hpp"
#include "base/result.hpp"

namespace mim::target {

struct CallLimits {
    static constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
    std::size_t of_a_deployment = any_number;
    std::size_t of_a_user = any_number;
    std::size_t in_all = any_number;
};

class CallShares {
    struct State;

  public:
    explicit CallShares(CallLimits limits);

    // Held until it goes, which may be after the shares have gone.
    class Share {
      public:
        Share() = default;  // of nothing: whoever is not counted
        Share(Share&&) noexcept = default;
        Share& operator=(Share&& other) noexcept {
            std::swap(state_, other.state_);
            std::swap(deployment_, other.deployment_);
            std::swap(user_, other.user_);
            return *this;
        }
        ~Share();

      private:
        friend class CallShares;
        Share(std::shared_ptr<State> state, std::string deployment, std::string user)
            : state_(std::move(state)), deployment_(std::move(deployment)), user_(std::move(user)) {}
        std::shared_ptr<State> state_;
        std::string deployment_;
        std::string user_;
    };

    // `deployment` is its hosts, as people may see them. `user` null: nobody's in particular. Without
    // waiting: rate_limited when the user has all that one may, not_ready when the deployment or the process
    // has.
    [[nodiscard]] Result<Share> take(const std::string& deployment, const UserId* user);

  private:
    const std::shared_ptr<State> state_;
};

}  // namespace mim::target
