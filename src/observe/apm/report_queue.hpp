// Reports on their way to the sender: bounded, and never in anybody's way. Thread-safe.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "trace/report.hpp"

namespace mim::observe {

class ReportQueue {
  public:
    // `most_events`: transactions, spans and errors that may wait here.
    explicit ReportQueue(std::size_t most_events) : most_events_(most_events) {}

    enum class Put { taken, full };
    [[nodiscard]] Put put(trace::TransactionReport&& report);
    // Blocks until there is something to send and either `linger` has passed or `enough_events` wait; and not
    // before `not_before`. After `close` it waits for nothing, and is empty when there is nothing left.
    [[nodiscard]] std::vector<trace::TransactionReport> take(std::size_t enough_events,
                                                             std::chrono::milliseconds linger,
                                                             SteadyTime not_before);
    void close();

  private:
    const std::size_t most_events_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<trace::TransactionReport> reports_;
    std::size_t events_ = 0;
    std::size_t enough_ = 0;  // of them the taker waits for; 0 = for the first
    bool closed_ = false;
};

}  // namespace mim::observe
