#include "app/target_privileges.hpp"

#include <gtest/gtest.h>

#include "app/target_findings.hpp"

namespace mim::app {
namespace {

using On = Privilege::On;

const std::vector<std::string> of_read = {"collStats", "find", "listCollections", "listIndexes"};
const std::vector<std::string> of_db_admin = {"createIndex",      "dropIndex",       "collMod",
                                              "createCollection", "listCollections", "listIndexes"};

TargetAccount account_with(std::vector<Privilege> privileges) {
    return {.users = {"mim@shop"}, .roles = {"custom@shop"}, .privileges = std::move(privileges)};
}

std::vector<Finding> judged(std::vector<Privilege> privileges,
                            FeatureVersionSource source = FeatureVersionSource::refused) {
    return privilege_findings("t", account_with(std::move(privileges)), "shop", source);
}

TEST(TargetPrivileges, all_of_them_are_one_good_finding) {
    const auto findings = judged({{On::names, "shop", "", of_read},
                                  {On::names, "", "", of_db_admin},
                                  {On::anything, "", "", {"indexStats"}},
                                  {On::cluster, "", "", {"inprog", "getParameter", "listDatabases"}}});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].verdict, Verdict::ok);
    EXPECT_EQ(judged({{On::anything, "", "", {"anyAction"}}}).size(), 1U);
}

TEST(TargetPrivileges, root_needs_no_list) {
    TargetAccount root{
        .users = {"root@admin"}, .roles = {"root@admin"}, .privileges = std::vector<Privilege>{}};
    EXPECT_EQ(privilege_findings("t", root, "shop", FeatureVersionSource::server)[0].verdict, Verdict::ok);
}

TEST(TargetPrivileges, read_only_cannot_sync_and_is_told_the_role) {
    const auto findings = judged({{On::names, "shop", "", of_read}});
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].verdict, Verdict::failure);
    EXPECT_NE(findings[0].remedy.find(
                  "db.getSiblingDB(\"shop\").grantRolesToUser(\"mim\", [{role: \"dbAdmin\", db: "
                  "\"shop\"}])"),
              std::string::npos)
        << findings[0].remedy;
    EXPECT_EQ(findings[1].verdict, Verdict::warning);
    EXPECT_NE(findings[1].remedy.find("{resource: {cluster: true}, actions: [\"inprog\", \"getParameter\"]}"),
              std::string::npos);
}

TEST(TargetPrivileges, what_is_built_on_a_standalone_takes_the_role_read) {
    const auto findings = judged({{On::names, "shop", "", {"find", "listCollections", "listIndexes"}},
                                  {On::names, "shop", "", of_db_admin},
                                  {On::anything, "", "", {"indexStats"}},
                                  {On::cluster, "", "", {"inprog", "getParameter", "listDatabases"}}});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].verdict, Verdict::warning);
    EXPECT_EQ(findings[0].text,
              "lacks collStats to tell which indexes a standalone still builds ($collStats)");
    EXPECT_NE(findings[0].remedy.find("{role: \"read\", db: \"shop\"}"), std::string::npos)
        << findings[0].remedy;
}

// A mongos refuses the question to everybody, and so do servers that others wrote: no grant would help.
TEST(TargetPrivileges, the_feature_version_lacks_only_where_the_server_refused_this_account) {
    const auto verdict = [](FeatureVersionSource source) {
        return judged({{On::names, "shop", "", of_read},
                       {On::names, "shop", "", of_db_admin},
                       {On::anything, "", "", {"indexStats"}},
                       {On::cluster, "", "", {"inprog", "listDatabases"}}},
                      source)
            .at(0);
    };
    for (const auto source : {FeatureVersionSource::none, FeatureVersionSource::server})
        EXPECT_EQ(verdict(source).verdict, Verdict::ok) << verdict(source).text;
    for (const auto source : {FeatureVersionSource::refused, FeatureVersionSource::last_look}) {
        EXPECT_EQ(verdict(source).verdict, Verdict::warning);
        EXPECT_TRUE(verdict(source).text.starts_with("lacks getParameter to ask for the feature"))
            << verdict(source).text;
    }
}

TEST(TargetFindings, a_feature_version_that_was_told_earlier_is_said_to_be) {
    const auto told = [](const ServerInfo& server) {
        TargetExamination examined;
        examined.server = server;
        return findings_of({}, examined).at(0).text;
    };
    ServerInfo server{
        .version_text = "5.0.9", .release = {{5, 0}, index::ServerVersion{4, 4}}, .topology = "standalone"};
    server.feature_version_source = FeatureVersionSource::server;
    EXPECT_NE(told(server).find("MongoDB 5.0.9 with feature compatibility version 4.4, standalone"),
              std::string::npos)
        << told(server);
    server.feature_version_source = FeatureVersionSource::last_look;
    EXPECT_NE(told(server).find("version 4.4 (as it was told last: this account may not ask)"),
              std::string::npos)
        << told(server);
}

TEST(TargetPrivileges, other_databases_and_single_collections_do_not_count) {
    const auto findings = judged({{On::names, "other", "", of_db_admin},
                                  {On::names, "shop", "orders", {"collMod"}},
                                  {On::names, "", "system.buckets", {"dropIndex"}},
                                  {On::names, "shop", "", of_read}});
    EXPECT_NE(findings[0].text.find("createIndex"), std::string::npos);
    EXPECT_NE(findings[0].text.find("collMod to alter indexes in place (it has it on some collections only)"),
              std::string::npos)
        << findings[0].text;
    EXPECT_EQ(findings[0].text.find("dropIndex to drop indexes (it"), std::string::npos);
}

TEST(TargetClock, is_judged_beyond_what_is_not_known) {
    using std::chrono::milliseconds;
    const auto verdict = [](int ahead, int doubt) {
        return clock_finding("c", milliseconds(ahead), milliseconds(doubt)).verdict;
    };
    EXPECT_EQ(verdict(900, 0), Verdict::ok);
    EXPECT_EQ(verdict(-1'400, 500), Verdict::ok);
    EXPECT_EQ(verdict(-1'400, 10), Verdict::warning);
    EXPECT_EQ(verdict(11'000, 10), Verdict::failure);
}

}  // namespace
}  // namespace mim::app
