#include <gtest/gtest.h>

#include "trace/tracer.hpp"

namespace mim::trace {
namespace {

using std::chrono::steady_clock;

class Kept final : public Reporter {
  public:
    void report(TransactionReport&& report) noexcept override { reports.push_back(std::move(report)); }
    std::vector<TransactionReport> reports;
};

class TransactionTest : public testing::Test {
  protected:
    std::unique_ptr<Transaction> begin(double rate = 1) {
        return Tracer(kept_, {.sample_rate = rate}).begin_request(std::nullopt, steady_clock::now());
    }
    static void call(Transaction& transaction, std::string_view name) {
        Transaction::Span span(transaction, System::store, name);
        span.end(Outcome::success, steady_clock::now());
    }
    const TransactionReport& end(std::unique_ptr<Transaction> transaction) {
        transaction->end_as(Outcome::success, "HTTP 2xx");
        transaction.reset();
        return kept_.reports.back();
    }
    Kept kept_;
};

TEST_F(TransactionTest, SpansHangOnTheInnermostOpenOne) {
    auto transaction = begin();
    {
        Transaction::Span outer(*transaction, System::target, "outer");
        call(*transaction, "inner");
        outer.end(Outcome::failure, steady_clock::now());
    }
    call(*transaction, "later");
    const auto& report = end(std::move(transaction));
    ASSERT_EQ(report.spans.size(), 3U);
    EXPECT_EQ(report.spans[0].name, "inner");
    EXPECT_EQ(report.spans[0].parent, report.spans[1].id);
    EXPECT_EQ(report.spans[1].parent, report.id);
    EXPECT_EQ(report.spans[1].outcome, Outcome::failure);
    EXPECT_EQ(report.spans[2].parent, report.id);
}

TEST_F(TransactionTest, ASpanThatIsLeftByAnExceptionIsAFailure) {
    auto transaction = begin();
    { const Transaction::Span left(*transaction, System::store, "left"); }
    call(*transaction, "after");
    const auto& report = end(std::move(transaction));
    ASSERT_EQ(report.spans.size(), 2U);
    EXPECT_EQ(report.spans[0].outcome, Outcome::failure);
    EXPECT_EQ(report.spans[1].parent, report.id);
}

TEST_F(TransactionTest, KeepsABoundedNumberAndCountsTheRest) {
    auto transaction = begin();
    for (std::size_t made = 0; made < most_spans + 7; ++made) call(*transaction, "one of many");
    for (std::size_t made = 0; made < most_errors + 7; ++made) {
        Transaction::Span span(*transaction, System::store, "failing");
        transaction->failed("store_failed", "failing");
    }
    const auto& report = end(std::move(transaction));
    EXPECT_EQ(report.spans.size(), most_spans);
    EXPECT_EQ(report.dropped_spans, 7U + most_errors + 7U);
    EXPECT_EQ(report.errors.size(), most_errors);
}

TEST_F(TransactionTest, WhatIsNotSampledHasErrorsOnly) {
    auto transaction = begin(0);
    transaction->label("sync_id", "1");
    transaction->answered("GET", 503, "somebody");
    {
        Transaction::Span span(*transaction, System::store, "failing");
        transaction->failed("store_failed", "failing");
    }
    const auto& report = end(std::move(transaction));
    EXPECT_EQ(report.sampled, Sampled::no);
    EXPECT_EQ(report.rate, 0);
    EXPECT_TRUE(report.spans.empty() && report.labels.empty() && report.method.empty() &&
                report.user.empty());
    ASSERT_EQ(report.errors.size(), 1U);
    EXPECT_EQ(report.errors[0].parent, report.id);
}

TEST_F(TransactionTest, IsReportedOnceItHasEndedUnlessItIsForgotten) {
    begin().reset();
    auto forgotten = begin();
    forgotten->end_as(Outcome::success, "postpone");
    forgotten->forget();
    forgotten.reset();
    EXPECT_TRUE(kept_.reports.empty());
    end(begin());
    EXPECT_EQ(kept_.reports.size(), 1U);
}

TEST_F(TransactionTest, TheCurrentOneIsOfTheThreadAndNests) {
    auto transaction = begin();
    EXPECT_EQ(current(), nullptr);
    {
        const Activation active(transaction.get());
        EXPECT_EQ(current(), transaction.get());
        {
            const Activation none(nullptr);
            EXPECT_EQ(current(), nullptr);
            note_failure("internal", "nobody listens");
        }
        note_if_new("internal", "http");
        note_if_new("internal", "http");
        std::thread([] { EXPECT_EQ(current(), nullptr); }).join();
    }
    EXPECT_EQ(current(), nullptr);
    EXPECT_EQ(end(std::move(transaction)).errors.size(), 1U);
}

TEST(SampleRate, HasFourDecimalsAndIsNeverRoundedToNothing) {
    EXPECT_EQ(rounded_rate(0), 0);
    EXPECT_EQ(rounded_rate(0.00001), 0.0001);
    EXPECT_EQ(rounded_rate(0.55554), 0.5555);
    EXPECT_EQ(rounded_rate(0.55556), 0.5556);
    EXPECT_EQ(rounded_rate(7), 1);
}

}  // namespace
}  // namespace mim::trace
