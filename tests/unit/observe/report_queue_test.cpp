#include "observe/apm/report_queue.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace mim::observe {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

trace::TransactionReport report_of(std::size_t spans) {
    const auto id = trace::EventId::generate();
    trace::TransactionReport report{.trace = trace::TraceId::generate(),
                                    .id = id,
                                    .kind = trace::Kind::request,
                                    .sampled = trace::Sampled::yes,
                                    .started = {}};
    for (std::size_t made = 0; made < spans; ++made)
        report.spans.push_back(
            {trace::EventId::generate(), id, trace::System::store, "users.get", {}, {}, {}});
    return report;
}

TEST(ReportQueue, CountsEventsAndTakesNoMoreThanItMay) {
    ReportQueue queue(10);
    EXPECT_EQ(queue.put(report_of(4)), ReportQueue::Put::taken);
    EXPECT_EQ(queue.put(report_of(4)), ReportQueue::Put::taken);
    EXPECT_EQ(queue.put(report_of(0)), ReportQueue::Put::full);
    EXPECT_EQ(queue.take(100, milliseconds{0}, {}).size(), 2U);
    EXPECT_EQ(queue.put(report_of(9)), ReportQueue::Put::taken);
    EXPECT_EQ(queue.put(report_of(0)), ReportQueue::Put::full);
}

TEST(ReportQueue, ABatchIsTakenAsSoonAsItIsFull) {
    ReportQueue queue(1'000);
    std::size_t taken = 0;
    std::thread taker([&] { taken = queue.take(8, hours{1}, {}).size(); });
    for (int made = 0; made < 4; ++made) EXPECT_EQ(queue.put(report_of(1)), ReportQueue::Put::taken);
    taker.join();
    EXPECT_EQ(taken, 4U);
}

TEST(ReportQueue, ClosingEndsEveryWaitAndLeavesNothing) {
    ReportQueue queue(1'000);
    ASSERT_EQ(queue.put(report_of(1)), ReportQueue::Put::taken);
    std::vector<std::size_t> taken;
    std::thread taker([&] {
        const auto far = std::chrono::steady_clock::now() + hours{1};
        while (taken.empty() || taken.back() != 0) taken.push_back(queue.take(1, hours{1}, far).size());
    });
    queue.close();
    taker.join();
    EXPECT_EQ(taken, (std::vector<std::size_t>{1, 0}));
    EXPECT_EQ(queue.put(report_of(0)), ReportQueue::Put::full);
}

}  // namespace
}  // namespace mim::observe
