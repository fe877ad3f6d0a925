#include "drivers/mongoc/shared_pool.hpp"

#include <future>
#include <thread>

namespace mim::drivers::mongoc {

SharedPool::SharedPool(mongoc_client_pool_t* raw, std::size_t most_clients,
                       std::chrono::milliseconds wait_for_close, Reach reach)
    : raw_(raw), most_clients_(most_clients), wait_for_close_(wait_for_close), reach_(reach) {}

SharedPool::~SharedPool() {
    const auto closed = std::make_shared<std::promise<void>>();
    auto done = closed->get_future();
    std::thread([raw = raw_, reach = reach_, closed] {
        const ReachScope scope(reach);
        mongoc_client_pool_destroy(raw);
        closed->set_value();
    }).detach();
    done.wait_for(wait_for_close_);
}

mongoc_client_t* SharedPool::take(Deadline until) {
    {
        std::unique_lock lock(mutex_);
        if (!came_back_.wait_until(lock, until.when(), [this] { return leased_ < most_clients_; }))
            return nullptr;
        ++leased_;
    }
    const ReachScope scope(reach_);  // this may start monitors
    mongoc_client_t* const client = mongoc_client_pool_pop(raw_);
    if (client != nullptr) return client;
    const std::scoped_lock lock(mutex_);
    --leased_;
    return nullptr;
}

void SharedPool::give_back(mongoc_client_t* client) {
    mongoc_client_pool_push(raw_, client);
    const std::scoped_lock lock(mutex_);
    --leased_;
    came_back_.notify_one();
}

std::size_t SharedPool::leased() const {
    const std::scoped_lock lock(mutex_);
    return leased_;
}

void SharedPool::note_answer(const mongoc_client_t* client) {
    const std::scoped_lock lock(mutex_);
    answered_[client] = std::chrono::steady_clock::now();
}

std::chrono::steady_clock::time_point SharedPool::last_answer(const mongoc_client_t* client) const {
    const std::scoped_lock lock(mutex_);
    const auto found = answered_.find(client);
    return found == answered_.end() ? std::chrono::steady_clock::time_point::min() : found->second;
}

}  // namespace mim::drivers::mongoc
