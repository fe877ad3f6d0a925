#include "target/connection.hpp"

namespace mim::target {

std::optional<ServerFacts> Connection::facts() const {
    const std::scoped_lock lock(facts_mutex_);
    return facts_;
}

void Connection::learn(ServerFacts facts) {
    const std::scoped_lock lock(facts_mutex_);
    facts_ = facts;
}

bool Connection::may_ask_catalog() const {
    return std::chrono::steady_clock::now() >= catalog_refused_until_.load(std::memory_order_relaxed);
}

void Connection::ask_catalog_again_after(std::chrono::milliseconds pause) {
    catalog_refused_until_.store(std::chrono::steady_clock::now() + pause, std::memory_order_relaxed);
}

bool Connection::may_ask_feature_version() const {
    return std::chrono::steady_clock::now() >= feature_version_refused_until_.load(std::memory_order_relaxed);
}

void Connection::ask_feature_version_again_after(std::chrono::milliseconds pause) {
    feature_version_refused_until_.store(std::chrono::steady_clock::now() + pause, std::memory_order_relaxed);
}

}  // namespace mim::target
