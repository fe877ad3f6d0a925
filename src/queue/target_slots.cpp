#include "queue/target_slots.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace mim::queue {

std::string deployment_of(const Secret& uri) {
    std::string_view hosts = uri.reveal();
    if (const auto scheme = hosts.find("://"); scheme != std::string_view::npos)
        hosts.remove_prefix(scheme + 3);
    hosts = hosts.substr(0, hosts.find_first_of("/?"));
    if (const auto credentials = hosts.rfind('@'); credentials != std::string_view::npos)
        hosts.remove_prefix(credentials + 1);
    std::set<std::string> each;
    while (!hosts.empty()) {
        std::string host(hosts.substr(0, hosts.find(',')));
        hosts.remove_prefix(std::min(host.size() + 1, hosts.size()));
        std::transform(host.begin(), host.end(), host.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
        each.insert(std::move(host));
    }
    std::string deployment;
    for (const auto& host : each) deployment += (deployment.empty() ? "" : ",") + host;
    return deployment;
}

std::optional<TargetSlots::Slot> TargetSlots::take(const std::string& target) {
    const std::lock_guard guard(mutex_);
    auto& taken = taken_[target];
    if (most_each_ != 0 && taken >= most_each_) return std::nullopt;
    ++taken;
    return Slot(*this, target);
}

TargetSlots::Slot::~Slot() {
    if (home_ == nullptr) return;
    const std::lock_guard guard(home_->mutex_);
    const auto taken = home_->taken_.find(target_);
    if (--taken->second == 0) home_->taken_.erase(taken);
}

}  // namespace mim::queue
