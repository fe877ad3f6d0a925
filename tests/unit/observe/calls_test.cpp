#include "observe/ports/calls.hpp"

#include <gtest/gtest.h>

#include "trace/tracer.hpp"

namespace mim::observe {
namespace {

class Observed final : public CallObserver, public trace::Reporter {
  public:
    void on_call(const CallName& call, trace::Outcome outcome, std::chrono::microseconds) override {
        calls.emplace_back(call.name, outcome);
    }
    void report(trace::TransactionReport&& ended) noexcept override { reports.push_back(std::move(ended)); }
    std::vector<std::pair<std::string, trace::Outcome>> calls;
    std::vector<trace::TransactionReport> reports;
};

Done refused(ErrorCode code) {
    return Error{code, "a text that quotes somebody's password"};
}

constexpr CallName name{trace::System::store, "users.get"};

TEST(Calls, AnAnswerIsPassedOnAndTimedWithoutATrace) {
    Observed observed;
    const auto answer = Calls(observed).measure(name, [] { return Result<int>(7); });
    EXPECT_EQ(*answer, 7);
    EXPECT_EQ(observed.calls, (decltype(observed.calls){{"users.get", trace::Outcome::success}}));
}

TEST(Calls, OnlyAFaultOfTheCalleeIsAFailure) {
    Observed observed;
    const Calls calls(observed);
    const trace::Tracer tracer(observed, {});
    {
        auto transaction = tracer.begin_request(std::nullopt, std::chrono::steady_clock::now());
        const trace::Activation active(transaction.get());
        EXPECT_FALSE(calls.measure(name, [] { return refused(ErrorCode::not_found); }));
        EXPECT_FALSE(calls.measure(name, [] { return refused(ErrorCode::store_failed); }));
        transaction->end_as(trace::Outcome::success, "HTTP 4xx");
    }
    ASSERT_EQ(observed.calls.size(), 2U);
    EXPECT_EQ(observed.calls[0].second, trace::Outcome::success);
    EXPECT_EQ(observed.calls[1].second, trace::Outcome::failure);
    ASSERT_EQ(observed.reports.size(), 1U);
    const auto& report = observed.reports[0];
    ASSERT_EQ(report.spans.size(), 2U);
    ASSERT_EQ(report.errors.size(), 1U);
    EXPECT_EQ(report.errors[0].code, "store_failed");
    EXPECT_EQ(report.errors[0].parent, report.spans[1].id);
}

}  // namespace
}  // namespace mim::observe
