// Transactions of the store, by the commands that a body is given.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "interop/store/fail_point.hpp"
#include "interop/store/mongodb_world.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

constexpr const char* things = "things";

bson::Document thing(int id) {
    return fields("_id", id);
}

class MongodbTransactions : public ::testing::Test {
  protected:
    // Outside of every transaction.
    std::size_t stored() { return link().find(things, {.filter = {}}).value().size(); }
    Link& link() { return world_.link(); }
    // Inserts one, and counts how often it was asked to.
    Done insert_one(Link& through) {
        return through.in_transaction([this](Commands& commands) -> Done {
            ++tries_;
            return commands.insert(things, {thing(1)});
        });
    }
    std::shared_ptr<Link> link_with(int connections, std::chrono::milliseconds patience) {
        drivers::mongoc::PoolSettings settings;
        settings.most_clients = connections;
        return Link::open(with_database(store_uri_of_tests(), world_.name()), settings, patience).value();
    }

    // Of a command that no test sends.
    FailPoint harmless() { return {link(), fields("times", 1), "explain", fields("errorCode", 1)}; }

    std::atomic<int> tries_{0};
    MongoWorld world_;
};

TEST_F(MongodbTransactions, AllOfItStandsOrNothing) {
    const auto both_and_then = [](const Done& end) {
        return [end](Commands& commands) -> Done {
            MIM_CHECK(commands.insert(things, {thing(1)}));
            MIM_CHECK(commands.insert(things, {thing(2)}));
            return end;
        };
    };
    const Error refusal(ErrorCode::last_admin, "no");
    EXPECT_EQ(outcome(link().in_transaction(both_and_then(refusal))), "last_admin");
    EXPECT_EQ(stored(), 0U);
    EXPECT_EQ(outcome(link().in_transaction(both_and_then(Done()))), "ok");
    EXPECT_EQ(stored(), 2U);
}

TEST_F(MongodbTransactions, SeesItsOwnChangesWhichNobodyElseSees) {
    std::size_t inside = 0, outside = 0;
    const auto done = link().in_transaction([&](Commands& commands) -> Done {
        MIM_CHECK(commands.insert(things, {thing(1)}));
        MIM_TRY(found, commands.find(things, {.filter = {}}));
        inside = found.size();
        outside = stored();
        return {};
    });
    EXPECT_EQ(outcome(done), "ok");
    EXPECT_EQ(inside, 1U);
    EXPECT_EQ(outside, 0U);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, ReadsMoreThanOneAnswerHolds) {
    std::vector<bson::Document> many;
    for (int i = 0; i < 2'500; ++i) many.push_back(thing(i));
    ASSERT_EQ(outcome(link().insert(things, many)), "ok");
    std::size_t found = 0;
    const auto done = link().in_transaction([&](Commands& commands) -> Done {
        MIM_TRY(all, commands.find(things, {.filter = {}}));
        found = all.size();
        return {};
    });
    EXPECT_EQ(outcome(done), "ok");
    EXPECT_EQ(found, 2'500U);
}

TEST_F(MongodbTransactions, ADuplicateEndsItAndNothingStands) {
    ASSERT_EQ(outcome(link().insert(things, {thing(1)})), "ok");
    const auto done = link().in_transaction([](Commands& commands) -> Done {
        MIM_CHECK(commands.insert(things, {thing(2)}));
        return commands.insert(things, {thing(1)});
    });
    EXPECT_EQ(outcome(done), "already_exists");
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, WhatABodyOverlooksEndsItAllTheSame) {
    ASSERT_EQ(outcome(link().insert(things, {thing(1)})), "ok");
    const auto done = link().in_transaction([](Commands& commands) -> Done {
        (void)commands.insert(things, {thing(1)});
        return {};
    });
    EXPECT_EQ(outcome(done), "already_exists");
}

TEST_F(MongodbTransactions, ThoseWhoHinderEachOtherAllComeThrough) {
    static constexpr int threads = 6, changes = 5;
    ASSERT_EQ(outcome(link().insert(things, {fields("_id", 1, "n", 0)})), "ok");
    const TransactionBody raise = [](Commands& commands) -> Done {
        MIM_TRY(found, commands.find_one(things, thing(1)));
        const auto next = Reader(*found).integer("n") + 1;
        MIM_CHECK(commands.update(things, thing(1), setting("n", next)));
        return {};
    };
    std::atomic<int> done{0};
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) {
        all.emplace_back([&] {
            for (int change = 0; change < changes; ++change)
                done += outcome(link().in_transaction(raise)) == "ok";
        });
    }
    for (auto& each : all) each.join();
    EXPECT_EQ(done, threads * changes);
    const auto found = link().find_one(things, thing(1));
    EXPECT_EQ(Reader(**found).integer("n"), threads * changes);
}

TEST_F(MongodbTransactions, OneConnectionIsEnoughForWhoeverWantsTransactions) {
    constexpr std::chrono::seconds patience{30};
    MongoDeployment deployment;
    deployment.uri = with_database(store_uri_of_tests(), world_.name());
    deployment.most_connections = 1;
    deployment.patience = patience;
    EXPECT_EQ(outcome(open_mongodb(deployment, system_clock())), "ok");
}

TEST_F(MongodbTransactions, IsDoneAgainWhenOthersHinderedIt) {
    const FailPoint point(link(), fields("times", 2), "insert", fields("errorCode", 112));
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(insert_one(link())), "ok");
    EXPECT_EQ(tries_, 3);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, IsDoneAgainWhenTheConnectionBreaks) {
    const FailPoint point(link(), fields("times", 1), "insert", fields("closeConnection", true));
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(insert_one(link())), "ok");
    EXPECT_EQ(tries_, 2);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, IsDoneOnceWhenTheAnswerToTheCommitIsLost) {
    // The driver asks twice, so that three losses reach us once.
    const FailPoint point(link(), fields("times", 3), "commitTransaction", fields("closeConnection", true));
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(insert_one(link())), "ok");
    EXPECT_EQ(tries_, 1);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, IsDoneAgainWhenTheCommitSaysThatNothingStands) {
    MIM_SKIP_UNLESS_SET(harmless());  // nobody else's sessions are ended
    const auto done = link().in_transaction([this](Commands& commands) -> Done {
        MIM_CHECK(commands.insert(things, {thing(1)}));
        if (++tries_ == 1) MIM_CHECK(link().run_on_admin(fields("killAllSessions", ArrayOf{})));
        return {};
    });
    EXPECT_EQ(outcome(done), "ok");
    EXPECT_EQ(tries_, 2);
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, ComesThroughAnElection) {
    MIM_SKIP_UNLESS_SET(harmless());  // nobody else's primary is told to step down
    ASSERT_TRUE(link().run_on_admin(fields("replSetStepDown", 1, "force", true)));
    EXPECT_EQ(outcome(insert_one(link())), "ok");
    EXPECT_EQ(stored(), 1U);
}

TEST_F(MongodbTransactions, WhoIsHinderedForTooLongIsToldSo) {
    const auto hurried = link_with(2, std::chrono::seconds{2});
    const FailPoint point(link(), std::string("alwaysOn"), "insert", fields("errorCode", 112));
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(insert_one(*hurried)), "not_ready");
    EXPECT_GT(tries_, 1);
    EXPECT_EQ(stored(), 0U);
}

TEST_F(MongodbTransactions, ACommitThatIsNeverAnsweredIsNotCalledUndone) {
    const auto hurried = link_with(2, std::chrono::seconds{5});
    {
        const FailPoint point(link(), std::string("alwaysOn"), "commitTransaction",
                              fields("closeConnection", true));
        MIM_SKIP_UNLESS_SET(point);
        const auto done = insert_one(*hurried);
        ASSERT_EQ(outcome(done), "not_ready");
        EXPECT_NE(done.error().message.find("look before you ask again"), std::string::npos);
        EXPECT_EQ(tries_, 1);
    }
    // It is open until then, and the test's database could not be removed.
    EXPECT_TRUE(link().run_on_admin(fields("killAllSessions", ArrayOf{})));
}

}  // namespace
}  // namespace mim::store::mongodb
