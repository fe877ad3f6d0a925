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

std::optional<app::FeatureVersionSource> Connection::feature_version_refusal() const {
    const std::scoped_lock lock(facts_mutex_);
    const bool lasts =
        feature_version_refusal_ && std::chrono::steady_clock::now() < feature_version_refusal_->until;
    return lasts ? std::optional(feature_version_refusal_->how) : std::nullopt;
}

void Connection::note_feature_version_refusal(app::FeatureVersionSource refusal,
                                              std::chrono::milliseconds pause) {
    const std::scoped_lock lock(facts_mutex_);
    feature_version_refusal_ = Refusal{refusal, std::chrono::steady_clock::now() + pause};
}

Place place_in(std::shared_ptr<Connection> connection, const app::Database& database) {
    const auto& seen = database.seen_server;
    return {std::move(connection), database.db_name, seen ? std::optional(seen->release) : std::nullopt};
}

}  // namespace mim::target
