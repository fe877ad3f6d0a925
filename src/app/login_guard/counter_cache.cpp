#include "app/login_guard/counter_cache.hpp"

namespace mim::app {

FailureCounter* CounterCache::find(std::string_view name) {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->counter;
}

FailureCounter& CounterCache::find_or_add(std::string_view name) {
    if (FailureCounter* known = find(name)) return *known;
    entries_.push_front({std::string(name), {}});
    by_name_.emplace(entries_.front().name, entries_.begin());
    if (entries_.size() > capacity_) {
        by_name_.erase(entries_.back().name);
        entries_.pop_back();
    }
    return entries_.front().counter;
}

void CounterCache::remove(std::string_view name) {
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return;
    const auto entry = found->second;
    by_name_.erase(found);
    entries_.erase(entry);
}

}  // namespace mim::app
