#include "sandbox/after.hpp"

#include <memory>

#include <boost/asio/steady_timer.hpp>

namespace mim::sandbox {

void after(Instance& instance, std::chrono::milliseconds delay, std::function<void()> action) {
    if (delay.count() <= 0) return action();
    auto timer = std::make_shared<boost::asio::steady_timer>(*instance.context, delay);
    timer->async_wait([timer, action = std::move(action)](const boost::system::error_code& error) {
        if (!error) action();
    });
}

}  // namespace mim::sandbox
