// The one hop from a coroutine on an I/O thread to the work pool and back.
#pragma once

#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/net/work_pool.hpp"

namespace mim::http {

enum class Hop { done, refused };

// What a hop runs. The coroutine that owns it waits meanwhile, so it needs no lock; what it throws comes out
// of that coroutine's co_await.
class Work {
  public:
    virtual ~Work() = default;
    virtual void run() = 0;
};

template <class Handler>
class HopJob final : public Job {
  public:
    HopJob(Work& work, boost::asio::io_context& home, Handler handler)
        : work_(work), home_(home), handler_(std::move(handler)) {}
    void run() noexcept override {
        std::exception_ptr thrown;
        try {
            work_.run();
        } catch (...) {  // nobody is above this thread
            thrown = std::current_exception();
        }
        resume(thrown, Hop::done);
    }
    void refuse() noexcept override { resume(nullptr, Hop::refused); }

  private:
    void resume(const std::exception_ptr& thrown, Hop outcome) {
        boost::asio::post(home_, [handler = std::move(handler_), thrown, outcome]() mutable {
            std::move(handler)(thrown, outcome);
        });
    }
    Work& work_;
    boost::asio::io_context& home_;
    Handler handler_;
};

// Plain pointers only: g++ 12 destroys other things twice when they pass through a co_await expression.
struct HopInitiation {
    WorkPool* pool;
    boost::asio::io_context* home;
    Work* work;

    template <class Handler>
    void operator()(Handler&& handler) const {
        using Kept = std::decay_t<Handler>;
        pool->submit(std::make_unique<HopJob<Kept>>(*work, *home, std::forward<Handler>(handler)));
    }
};

// Not a coroutine itself. Never raced with a timer: a blocking call is bounded by its own deadlines.
inline boost::asio::awaitable<Hop> offload(WorkPool& pool, boost::asio::io_context& home, Work& work) {
    const HopInitiation initiation{&pool, &home, &work};
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(std::exception_ptr, Hop)>(
        initiation, boost::asio::use_awaitable);
}

}  // namespace mim::http
