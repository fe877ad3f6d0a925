#include "http/net/io_thread.hpp"

#include <vector>

#include <boost/asio/post.hpp>

namespace mim::http {
namespace {

constexpr std::chrono::milliseconds sweep_interval{250};

}  // namespace

IoThread::IoThread() : guard_(context_.get_executor()), sweeper_(context_) {}

IoThread::~IoThread() {
    join();
}

void IoThread::start(std::function<void(const std::exception_ptr&)> on_bug) {
    thread_ = std::thread([this, on_bug = std::move(on_bug)] { work(on_bug); });
}

// What a handler throws is that handler's end, not the loop's: all other connections live on.
void IoThread::work(const std::function<void(const std::exception_ptr&)>& on_bug) {
    while (!context_.stopped()) {
        try {
            context_.run();
        } catch (...) {
            on_bug(std::current_exception());
        }
    }
}

void IoThread::join() {
    guard_.reset();
    context_.stop();
    if (thread_.joinable()) thread_.join();
}

void IoThread::add(Connection& connection) {
    if (!armed_) arm_sweep();  // first: one that could not be watched must not stay in the set
    connections_.insert(&connection);
}

void IoThread::remove(Connection& connection) {
    connections_.erase(&connection);
}

// Without connections nothing ticks.
void IoThread::arm_sweep() {
    sweeper_.expires_after(sweep_interval);
    sweeper_.async_wait([this](const boost::system::error_code& failure) { on_sweep(failure); });
    armed_ = true;
}

void IoThread::on_sweep(const boost::system::error_code& failure) {
    armed_ = false;
    if (failure || connections_.empty()) return;
    arm_sweep();  // first: what one connection throws must not end the watch over all
    const SteadyTime now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) connection->sweep(now);
}

void IoThread::wind_down_all() {
    boost::asio::post(context_, [this] {
        for (Connection* connection : connections_) connection->wind_down();
    });
}

void IoThread::close_all() {
    boost::asio::post(context_, [this] {
        for (Connection* connection : connections_) connection->close();
    });
}

}  // namespace mim::http
