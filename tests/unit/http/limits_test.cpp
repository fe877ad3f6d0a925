#include <new>
#include <set>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "http/limits/request_limits.hpp"
#include "http/net/body_budget.hpp"
#include "http/net/connection_ledger.hpp"
#include "http/net/stream_ledger.hpp"

namespace mim::http {
namespace {

using contract::ok;
using contract::outcome;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Listener final : public ServerObserver {
  public:
    void on_request(std::string_view, std::string_view, unsigned, std::chrono::microseconds) override {}
    void on_connections(std::size_t open) override {
        if (throws) throw std::bad_alloc();
        connections = open;
    }
    void on_event_streams(std::size_t open) override { streams = open; }
    void on_rejected(std::string_view reason) override { rejected.insert(std::string(reason)); }
    bool throws = false;  // at a change of the connections
    std::size_t connections = 0;
    std::size_t streams = 0;
    std::multiset<std::string> rejected;
};

class CountingLogger final : public Logger {
  public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override { ++lines; }
    int lines = 0;
};

TEST(TokenBucket, holds_a_burst_and_fills_again) {
    TokenBucket bucket;
    const Rate rate{.per_second = 10, .burst = 3};
    const SteadyTime start{seconds{100}};
    for (int count = 0; count < 3; ++count) EXPECT_EQ(bucket.take(rate, start).count(), 0) << count;
    EXPECT_EQ(bucket.take(rate, start), milliseconds{100});
    EXPECT_EQ(bucket.take(rate, start + milliseconds{60}), milliseconds{40});  // a refusal costs nothing
    EXPECT_EQ(bucket.take(rate, start + milliseconds{100}).count(), 0);
    const SteadyTime later = start + seconds{60};
    for (int count = 0; count < 3; ++count) EXPECT_EQ(bucket.take(rate, later).count(), 0) << count;
    EXPECT_GT(bucket.take(rate, later).count(), 0);
}

TEST(TokenBucket, lets_the_rate_through_over_time) {
    TokenBucket bucket;
    const Rate rate{.per_second = 100, .burst = 5};
    int taken = 0;
    for (milliseconds at{0}; at < seconds{10}; at += milliseconds{1}) {
        taken += bucket.take(rate, SteadyTime{} + at).count() == 0 ? 1 : 0;
    }
    EXPECT_EQ(taken, 5 + 999);
}

TEST(BucketTable, a_client_and_a_kind_has_a_bucket_of_its_own) {
    const auto table = std::make_unique<BucketTable<2>>();
    const Rate rate{.per_second = 1, .burst = 1};
    EXPECT_EQ(table->take(1, 0, rate, SteadyTime{}).wait.count(), 0);
    const BucketAnswer refused = table->take(1, 0, rate, SteadyTime{});
    EXPECT_EQ(refused.wait, seconds{1});
    EXPECT_TRUE(refused.first_refusal);
    EXPECT_FALSE(table->take(1, 0, rate, SteadyTime{}).first_refusal);
    EXPECT_EQ(table->take(1, 1, rate, SteadyTime{}).wait.count(), 0);
    EXPECT_EQ(table->take(2, 0, rate, SteadyTime{}).wait.count(), 0);
    EXPECT_EQ(table->take(0, 0, rate, SteadyTime{}).wait.count(), 0);
}

TEST(BucketTable, a_flood_of_clients_makes_it_forget_and_never_grow) {
    using Table = BucketTable<1>;
    const auto table = std::make_unique<Table>();
    const Rate rate{.per_second = 1, .burst = 1};
    SteadyTime now{};
    EXPECT_EQ(table->take(7, 0, rate, now).wait.count(), 0);
    for (std::uint64_t client = 1'000; client < 1'000 + 20 * Table::capacity; ++client) {
        now += std::chrono::nanoseconds{1};
        ASSERT_EQ(table->take(client, 0, rate, now).wait.count(), 0);
    }
    EXPECT_EQ(table->take(7, 0, rate, now).wait.count(), 0);
    // Those that came last are remembered.
    EXPECT_GT(table->take(999 + 20 * Table::capacity, 0, rate, now).wait.count(), 0);
}

class RequestLimitsTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::string admit(Traffic traffic, const std::string& address) {
        return outcome(limits_.admit(traffic, address, now_));
    }
    Listener listener_;
    CountingLogger log_;
    RequestLimits limits_{
        {.address = {2, 4}, .credentials = {1, 1}, .operations = {0, 1}, .user = {1, 2}}, &listener_, log_};
    SteadyTime now_{};
};

TEST_F(RequestLimitsTest, each_traffic_of_an_address_is_counted_apart) {
    for (int count = 0; count < 4; ++count) EXPECT_EQ(admit(Traffic::ordinary, "192.0.2.1"), ok);
    EXPECT_EQ(admit(Traffic::ordinary, "192.0.2.1"), "rate_limited");
    EXPECT_EQ(admit(Traffic::ordinary, "192.0.2.2"), ok);
    EXPECT_EQ(admit(Traffic::credentials, "192.0.2.1"), ok);
    const Done refused = limits_.admit(Traffic::credentials, "192.0.2.1", now_);
    EXPECT_EQ(refused.error().retry_after, seconds{1});
    for (int count = 0; count < 100; ++count) EXPECT_EQ(admit(Traffic::operations, "192.0.2.1"), ok);
    EXPECT_EQ(listener_.rejected, (std::multiset<std::string>{"rate_address", "rate_credentials"}));
}

TEST_F(RequestLimitsTest, a_user_is_counted_and_a_flood_is_one_line) {
    const UserId user = UserId::generate(), other = UserId::generate();
    EXPECT_EQ(outcome(limits_.admit(user, now_)), ok);
    EXPECT_EQ(outcome(limits_.admit(user, now_)), ok);
    for (int count = 0; count < 50; ++count) EXPECT_EQ(outcome(limits_.admit(user, now_)), "rate_limited");
    EXPECT_EQ(outcome(limits_.admit(other, now_)), ok);
    EXPECT_EQ(log_.lines, 1);
    EXPECT_EQ(listener_.rejected.count("rate_user"), 50U);
    now_ += seconds{1};
    EXPECT_EQ(outcome(limits_.admit(user, now_)), ok);
}

TEST(ConnectionLedger, one_address_cannot_take_all_and_refusing_is_bounded_too) {
    Listener listener;
    ConnectionLedger ledger({.all = 4, .of_address = 2}, &listener);
    using Origin = ConnectionLedger::Origin;
    const Origin one{AddressGroup{1}}, two{AddressGroup{2}}, three{AddressGroup{3}};
    EXPECT_EQ(ledger.open(one), Admission::welcome);
    EXPECT_EQ(ledger.open(one), Admission::welcome);
    EXPECT_EQ(ledger.open(one), Admission::too_many_from_address);
    EXPECT_EQ(ledger.open(two), Admission::welcome);  // the refused one takes nobody's place
    EXPECT_EQ(ledger.open(two), Admission::welcome);
    for (std::size_t count = 1; count < ConnectionLedger::refusals_at_once; ++count) {
        EXPECT_EQ(ledger.open(three), Admission::too_many);
    }
    EXPECT_EQ(ledger.open(three), Admission::dropped);
    ledger.close(one, Admission::welcome);
    EXPECT_EQ(ledger.open(three), Admission::welcome);
    EXPECT_EQ(listener.connections, 4 + ConnectionLedger::refusals_at_once);
    EXPECT_EQ(listener.rejected.count("connections_address"), 1U);
    EXPECT_EQ(listener.rejected.count("connections"), ConnectionLedger::refusals_at_once);
}

TEST(ConnectionLedger, a_trusted_proxy_speaks_for_many) {
    Listener listener;
    ConnectionLedger ledger({.all = 4, .of_address = 1}, &listener);
    const ConnectionLedger::Origin proxy{AddressGroup{1}, ConnectionLedger::Shared::yes};
    for (int count = 0; count < 4; ++count) EXPECT_EQ(ledger.open(proxy), Admission::welcome);
    EXPECT_EQ(ledger.open(proxy), Admission::too_many);
}

TEST(ConnectionLedger, one_that_something_was_thrown_for_takes_no_place) {
    Listener listener;
    ConnectionLedger ledger({.all = 1, .of_address = 1}, &listener);
    const ConnectionLedger::Origin one{AddressGroup{1}};
    listener.throws = true;
    EXPECT_THROW(static_cast<void>(ledger.open(one)), std::bad_alloc);
    listener.throws = false;
    EXPECT_EQ(ledger.open(one), Admission::welcome);
    EXPECT_EQ(listener.connections, 1U);
}

TEST(StreamLedger, has_a_bound_and_one_of_each_user) {
    Listener listener;
    StreamLedger ledger({.all = 3, .of_user = 2}, &listener);
    const UserId ada = UserId::generate(), bob = UserId::generate();
    using Place = StreamLedger::Place;
    EXPECT_EQ(ledger.take(ada), Place::taken);
    EXPECT_EQ(ledger.take(ada), Place::taken);
    EXPECT_EQ(ledger.take(ada), Place::none_left_for_user);
    EXPECT_EQ(ledger.take(bob), Place::taken);
    EXPECT_EQ(ledger.take(bob), Place::none_left);
    ledger.give_back(ada);
    EXPECT_EQ(ledger.take(bob), Place::taken);
    EXPECT_EQ(listener.streams, 3U);
}

TEST(BodyBudget, large_bodies_share_it_and_small_ones_are_free) {
    BodyBudget budget(100'000);
    using Grant = BodyBudget::Grant;
    BodyShare small(budget), late(budget);
    EXPECT_EQ(small.take(BodyBudget::free_bytes), Grant::given);
    {
        BodyShare first(budget);
        EXPECT_EQ(first.take(90'000), Grant::given);
        EXPECT_EQ(late.take(20'000), Grant::refused);
    }
    EXPECT_EQ(late.take(100'000), Grant::given);
    late.release();
    EXPECT_EQ(small.take(100'000), Grant::given);
}

}  // namespace
}  // namespace mim::http
