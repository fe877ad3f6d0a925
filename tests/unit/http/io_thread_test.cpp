// The watch of an I/O thread over its connections.
#include "http/net/io_thread.hpp"

#include <atomic>
#include <future>
#include <new>

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

namespace mim::http {
namespace {

class ThrowingOnce final : public Connection {
  public:
    void sweep(SteadyTime) override {
        ++sweeps_;
        if (sweeps_ == 1) throw std::bad_alloc();
        if (sweeps_ == 2) again_.set_value();
    }
    void wind_down() override {}
    void close() override {}
    [[nodiscard]] std::future<void> swept_again() { return again_.get_future(); }

  private:
    int sweeps_ = 0;
    std::promise<void> again_;
};

TEST(IoThread, goes_on_watching_after_what_a_connection_threw) {
    ThrowingOnce connection;
    std::atomic<int> bugs{0};
    IoThread thread;
    boost::asio::post(thread.context(), [&] { thread.add(connection); });
    thread.start([&](const std::exception_ptr&) { ++bugs; });
    EXPECT_EQ(connection.swept_again().wait_for(std::chrono::seconds{30}), std::future_status::ready);
    thread.join();
    EXPECT_EQ(bugs, 1);
}

}  // namespace
}  // namespace mim::http
