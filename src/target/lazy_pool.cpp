#include "target/lazy_pool.hpp"

#include <condition_variable>
#include <thread>

#include "base/contained.hpp"

namespace mim::target {

// Owned by the thread that looks up and by those that wait.
struct LazyPool::LookUp {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<Result<mongoc::Pool>> outcome;

    void finish(Result<mongoc::Pool> pool) {
        const std::scoped_lock lock(mutex);
        outcome = std::move(pool);
        done.notify_all();
    }
    std::optional<Result<mongoc::Pool>> wait(Deadline deadline) {
        std::unique_lock lock(mutex);
        done.wait_until(lock, deadline.when(), [this] { return outcome.has_value(); });
        return outcome;
    }
};

std::shared_ptr<LazyPool::LookUp> LazyPool::look_up() {
    if (looking_up_) return looking_up_;
    looking_up_ = std::make_shared<LookUp>();
    std::thread([looking_up = looking_up_, uri = uri_, settings = settings_] {
        looking_up->finish(contained([&] { return mongoc::Pool::open(*uri, settings); }));
    }).detach();
    return looking_up_;
}

Result<mongoc::Pool> LazyPool::keep(Result<mongoc::Pool> pool) {
    if (pool && !pool_) pool_ = *pool;
    return pool;
}

Result<mongoc::Pool> LazyPool::opened(Deadline deadline) {
    std::unique_lock lock(mutex_);
    if (pool_) return *pool_;
    if (!uri_->looks_up_hosts()) return keep(mongoc::Pool::open(*uri_, settings_));
    const auto looking_up = look_up();
    lock.unlock();
    auto outcome = looking_up->wait(deadline);
    if (!outcome) {
        return Error(ErrorCode::target_timeout,
                     "looking up the hosts of the mongodb+srv:// connection string took longer than allowed");
    }
    lock.lock();
    if (looking_up_ == looking_up) looking_up_.reset();
    return keep(std::move(*outcome));
}

Result<mongoc::Client> LazyPool::lease(Deadline deadline) {
    MIM_TRY(pool, opened(deadline));
    return pool.lease(deadline);  // may wait, so not under the lock
}

std::size_t LazyPool::leased() const {
    const std::scoped_lock lock(mutex_);
    return pool_ ? pool_->leased() : 0;
}

}  // namespace mim::target
