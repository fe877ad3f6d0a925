#include "http/net/connection_ledger.hpp"

namespace mim::http {

Admission ConnectionLedger::judge(const Origin& origin) const {
    const bool full = welcome_ >= limits_.all;
    const auto found = by_address_.find(origin.group);
    const bool address_full =
        origin.shared == Shared::no && found != by_address_.end() && found->second >= limits_.of_address;
    if (!full && !address_full) return Admission::welcome;
    if (refused_ >= refusals_at_once) return Admission::dropped;
    return full ? Admission::too_many : Admission::too_many_from_address;
}

Admission ConnectionLedger::open(const Origin& origin) {
    const std::scoped_lock lock(mutex_);
    const Admission admission = judge(origin);
    // Counted last: what is thrown before, for want of memory, say, leaves no place taken.
    tell(admission);
    if (admission == Admission::welcome) {
        ++by_address_[origin.group];
        ++welcome_;
    } else if (admission != Admission::dropped) {
        ++refused_;
    }
    return admission;
}

void ConnectionLedger::close(const Origin& origin, Admission admission) {
    const std::scoped_lock lock(mutex_);
    if (admission == Admission::welcome) {
        --welcome_;
        const auto found = by_address_.find(origin.group);
        if (--found->second == 0) by_address_.erase(found);
    } else {
        --refused_;
    }
    if (observer_ != nullptr) observer_->on_connections(welcome_ + refused_);
    if (welcome_ + refused_ == 0) closed_.notify_all();
}

void ConnectionLedger::tell(Admission admission) const {
    if (observer_ == nullptr) return;
    const std::size_t coming = admission == Admission::dropped ? 0 : 1;
    observer_->on_connections(welcome_ + refused_ + coming);
    if (admission == Admission::welcome) return;
    observer_->on_rejected(admission == Admission::too_many_from_address ? "connections_address"
                                                                         : "connections");
}

void ConnectionLedger::wait_until_none(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    closed_.wait_for(lock, at_most, [this] { return welcome_ + refused_ == 0; });
}

}  // namespace mim::http
