#include "drivers/mongoc/client_pool.hpp"

#include <utility>

#include "drivers/mongoc/error.hpp"
#include "drivers/mongoc/stream_initiator.hpp"

namespace mim::drivers::mongoc {

ClientPool::ClientPool(UriHandle uri, PoolSettings settings)
    : uri_(std::move(uri)), secrets_(SentSecrets::of(uri_.get())), settings_(std::move(settings)) {}

Terms ClientPool::terms() const {
    return {settings_.policy,          TlsOptions::of(uri_.get()),
            settings_.connect_timeout, settings_.frames,
            settings_.bytes,           settings_.learns};
}

Result<CallerHandle> ClientPool::make() const {
    auto caller = std::make_unique<Caller>(terms());
    bson_error_t error{};
    caller->client.reset(mongoc_client_new_from_uri_with_error(uri_.get(), &error));
    if (!caller->client) return translate(error, nullptr, Attempt{"connect"}).error;
    mongoc_client_set_error_api(caller->client.get(), MONGOC_ERROR_API_VERSION_2);
    guard_streams(caller->client.get(), caller->conversation);
    return caller;
}

Result<CallerHandle> ClientPool::take(Deadline until) {
    {
        std::unique_lock lock(mutex_);
        const auto most = static_cast<std::size_t>(settings_.most_clients);
        if (!came_back_.wait_until(lock, until.when(), [&] { return leased_ < most; }))
            return Error(ErrorCode::target_timeout, "every connection to the target was busy");
        ++leased_;
        if (!idle_.empty()) {
            CallerHandle caller = std::move(idle_.back());
            idle_.pop_back();
            return caller;
        }
    }
    auto caller = make();
    if (caller) return caller;
    const std::scoped_lock lock(mutex_);
    --leased_;
    came_back_.notify_one();
    return caller;
}

void ClientPool::give_back(CallerHandle caller) {
    if (caller->state == Caller::State::worn_out) caller.reset();
    const std::scoped_lock lock(mutex_);
    if (caller) idle_.push_back(std::move(caller));
    --leased_;
    came_back_.notify_one();
}

std::size_t ClientPool::leased() const {
    const std::scoped_lock lock(mutex_);
    return leased_;
}

}  // namespace mim::drivers::mongoc
