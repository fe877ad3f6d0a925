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

void IoThread::start() {
    thread_ = std::thread([this] { context_.run(); });
}

void IoThread::join() {
    guard_.reset();
    context_.stop();
    if (thread_.joinable()) thread_.join();
}

void IoThread::add(Connection& connection) {
    connections_.insert(&connection);
    if (!armed_) arm_sweep();
}

void IoThread::remove(Connection& connection) {
    connections_.erase(&connection);
}

// Without connections nothing ticks.
void IoThread::arm_sweep() {
    armed_ = true;
    sweeper_.expires_after(sweep_interval);
    sweeper_.async_wait([this](const boost::system::error_code& failure) { on_sweep(failure); });
}

void IoThread::on_sweep(const boost::system::error_code& failure) {
    armed_ = false;
    if (failure) return;
    const SteadyTime now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) connection->sweep(now);
    if (!connections_.empty()) arm_sweep();
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
