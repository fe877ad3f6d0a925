// One I/O context with its thread, and the connections that live on it. A connection never changes its
// thread, so it needs no lock. Deadlines are coarse on purpose: one sweep a quarter of a second costs less
// than a timer a call.
#pragma once

#include <exception>
#include <functional>
#include <thread>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"

namespace mim::http {

// A connection as its thread sees it. All calls come on that thread.
class Connection {
  public:
    virtual ~Connection() = default;
    virtual void sweep(SteadyTime now) = 0;  // closes when its deadline has passed
    virtual void wind_down() = 0;  // the server stops: an idle one closes, a busy one ends after its answer
    virtual void close() = 0;
};

class IoThread {
  public:
    IoThread();
    ~IoThread();
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    // `on_bug` is told what a handler threw; the loop goes on. It must not throw and must outlive the thread.
    void start(std::function<void(const std::exception_ptr&)> on_bug);
    // Asks from another thread; returns at once.
    void wind_down_all();
    void close_all();
    void join();  // ends the loop and waits for the thread

    // On this thread only.
    void add(Connection& connection);
    void remove(Connection& connection);

  private:
    void work(const std::function<void(const std::exception_ptr&)>& on_bug);
    void arm_sweep();
    void on_sweep(const boost::system::error_code& failure);

    // Before the context: coroutines that die with it still take themselves out of the set.
    std::unordered_set<Connection*> connections_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    boost::asio::steady_timer sweeper_;
    bool armed_ = false;
    std::thread thread_;
};

}  // namespace mim::http
