#include "sandbox/builds.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>

namespace mim::sandbox {

std::chrono::milliseconds RunningBuild::running_for() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
}

std::int64_t RunningBuild::done() const {
    if (build.duration.count() <= 0) return build.total;
    const double share =
        static_cast<double>(running_for().count()) / static_cast<double>(build.duration.count());
    return static_cast<std::int64_t>(static_cast<double>(build.total) * std::min(share, 1.0));
}

void Builds::start(Build build) {
    const auto duration = build.duration;
    auto running = std::make_shared<RunningBuild>(RunningBuild{std::move(build),
                                                               std::chrono::steady_clock::now(),
                                                               boost::asio::steady_timer(*context_, duration),
                                                               {}});
    running_.push_back(running);
    await_end(running);
}

void Builds::await_end(const std::shared_ptr<RunningBuild>& running) {
    std::weak_ptr<RunningBuild> weak = running;
    running->timer.async_wait([this, weak](const boost::system::error_code& error) {
        const auto alive = weak.lock();
        if (!error && alive) finish(alive, std::nullopt);
    });
}

void Builds::finish(const std::shared_ptr<RunningBuild>& running, std::optional<Refusal> reason) {
    const auto found = std::find(running_.begin(), running_.end(), running);
    if (found == running_.end()) return;
    running_.erase(found);
    running->timer.cancel();
    running->build.ended(std::move(reason));
    for (auto& callback : running->waiting) boost::asio::post(*context_, std::move(callback));
}

std::size_t Builds::end(const Predicate& predicate, const Refusal& reason) {
    std::vector<std::shared_ptr<RunningBuild>> picked;
    for (const auto& each : running_) {
        if (predicate(each->build)) picked.push_back(each);
    }
    for (const auto& each : picked) finish(each, reason);
    return picked.size();
}

void Builds::set_duration(const Predicate& predicate, std::chrono::milliseconds duration) {
    for (const auto& each : running_) {
        if (!predicate(each->build)) continue;
        each->build.duration = duration;
        each->timer.expires_at(each->started + duration);
        await_end(each);
    }
}

void Builds::wait_for(const catalog::Name& collection, const std::string& index,
                      std::function<void()> callback) {
    for (const auto& each : running_) {
        if (each->build.collection == collection && each->build.indexes.contains(index)) {
            each->waiting.push_back(std::move(callback));
            return;
        }
    }
    boost::asio::post(*context_, std::move(callback));
}

std::vector<const RunningBuild*> Builds::running() const {
    std::vector<const RunningBuild*> result;
    for (const auto& each : running_) result.push_back(each.get());
    return result;
}

std::vector<const RunningBuild*> Builds::running_on(const catalog::Name& collection) const {
    auto result = running();
    std::erase_if(result, [&](const RunningBuild* each) { return each->build.collection != collection; });
    return result;
}

}  // namespace mim::sandbox
