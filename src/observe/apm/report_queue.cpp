#include "observe/apm/report_queue.hpp"

namespace mim::observe {

ReportQueue::Put ReportQueue::put(trace::TransactionReport&& report) {
    const std::size_t more = report.events();
    bool is_worth_a_look = false;
    {
        const std::lock_guard guard(mutex_);
        if (closed_ || events_ + more > most_events_) return Put::full;
        events_ += more;
        reports_.push_back(std::move(report));
        is_worth_a_look = events_ == more || (enough_ != 0 && events_ >= enough_);
    }
    // One wake for the first and one when a batch is full: not one a request.
    if (is_worth_a_look) changed_.notify_one();
    return Put::taken;
}

std::vector<trace::TransactionReport> ReportQueue::take(std::size_t enough_events,
                                                        std::chrono::milliseconds linger,
                                                        SteadyTime not_before) {
    std::unique_lock guard(mutex_);
    changed_.wait_until(guard, not_before, [this] { return closed_; });
    changed_.wait(guard, [this] { return closed_ || events_ > 0; });
    enough_ = enough_events;
    changed_.wait_for(guard, linger, [this] { return closed_ || events_ >= enough_; });
    enough_ = 0;
    std::vector<trace::TransactionReport> taken;
    std::size_t events = 0;
    while (!reports_.empty() && events < enough_events) {
        events += reports_.front().events();
        taken.push_back(std::move(reports_.front()));
        reports_.pop_front();
    }
    events_ -= events;
    return taken;
}

void ReportQueue::close() {
    {
        const std::lock_guard guard(mutex_);
        closed_ = true;
    }
    changed_.notify_one();
}

}  // namespace mim::observe
