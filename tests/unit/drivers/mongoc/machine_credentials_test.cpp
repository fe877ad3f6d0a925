#include "drivers/mongoc/machine_credentials.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "drivers/mongoc/target_policy.hpp"
#include "drivers/mongoc/uri.hpp"

namespace mim::drivers::mongoc {
namespace {

namespace filesystem = std::filesystem;

TakenFromMachine taken_by(const std::string& uri) {
    return Uri::parse(Secret(uri)).value().taken_from_machine();
}

class MachineCredentialsTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (filesystem::temp_directory_path() / "mim-credentials-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        root_ = pattern;
        filesystem::create_directories(root_ / "tls" / "inner");
        filesystem::create_directories(root_ / "tls-of-others");
        for (const char* name : {"tls/ca.pem", "tls/inner/key.pem", "tls-of-others/ca.pem", "secret.pem"})
            std::ofstream(root_ / name) << "x";
        filesystem::create_symlink(root_ / "secret.pem", root_ / "tls" / "link.pem");
    }
    void TearDown() override { filesystem::remove_all(root_); }

    bool allows_file(const filesystem::path& file) {
        const auto credentials = MachineCredentials::parse("", root_ / "tls");
        return !credentials.value().objection({.mechanism = "", .files = {file.string()}});
    }
    filesystem::path root_;
};

TEST_F(MachineCredentialsTest, WhatAConnectionStringTakes) {
    EXPECT_EQ(taken_by("mongodb://h/").mechanism, "");
    EXPECT_EQ(taken_by("mongodb://u:p@h/?authMechanism=SCRAM-SHA-256").mechanism, "");
    const std::string external = "authSource=%24external&authMechanism=";
    EXPECT_EQ(taken_by("mongodb://h/?" + external + "MONGODB-AWS").mechanism, "aws");
    EXPECT_EQ(taken_by("mongodb://u:p@h/?" + external + "MONGODB-AWS").mechanism, "");
    EXPECT_EQ(taken_by("mongodb://u@h/?" + external + "GSSAPI").mechanism, "gssapi");
    EXPECT_EQ(taken_by("mongodb://u:p@h/?" + external + "GSSAPI").mechanism, "gssapi");
    EXPECT_EQ(taken_by("mongodb://h/?tls=true&tlsCAFile=/a.pem&tlsCertificateKeyFile=/b.pem").files,
              (std::vector<std::string>{"/a.pem", "/b.pem"}));
    EXPECT_EQ(taken_by("mongodb://h/?ssl=true&sslCertificateAuthorityFile=/a.pem").files,
              std::vector<std::string>{"/a.pem"});
}

TEST_F(MachineCredentialsTest, NothingIsAllowedByDefault) {
    const MachineCredentials none;
    EXPECT_FALSE(none.objection({}));
    for (const char* mechanism : {"aws", "gssapi", "oidc"}) {
        const auto objection = none.objection({.mechanism = mechanism, .files = {}});
        ASSERT_TRUE(objection);
        EXPECT_NE(objection->find("--ambient-credentials"), std::string::npos);
        EXPECT_NE(objection->find(mechanism), std::string::npos);
    }
    const auto objection = none.objection({.mechanism = "", .files = {"/etc/passwd"}});
    ASSERT_TRUE(objection);
    EXPECT_NE(objection->find("--target-tls-folder"), std::string::npos);
    EXPECT_EQ(objection->find("passwd"), std::string::npos);
}

TEST_F(MachineCredentialsTest, OnlyNamedMechanismsAreAllowed) {
    const auto some = MachineCredentials::parse(" aws, oidc ", {});
    ASSERT_TRUE(some);
    EXPECT_FALSE(some->objection({.mechanism = "aws", .files = {}}));
    EXPECT_FALSE(some->objection({.mechanism = "oidc", .files = {}}));
    EXPECT_TRUE(some->objection({.mechanism = "gssapi", .files = {}}));
    const auto unknown = MachineCredentials::parse("aws, kerberos", {});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().fields.at(0).path, "--ambient-credentials");
}

TEST_F(MachineCredentialsTest, AFileMustLieInTheFolderWhereverItsNameLeads) {
    EXPECT_TRUE(allows_file(root_ / "tls/ca.pem"));
    EXPECT_TRUE(allows_file(root_ / "tls/inner/key.pem"));
    EXPECT_TRUE(allows_file(root_ / "tls/not-there-yet.pem"));
    EXPECT_TRUE(allows_file(root_ / "tls/inner/../ca.pem"));
    EXPECT_FALSE(allows_file(root_ / "secret.pem"));
    EXPECT_FALSE(allows_file(root_ / "tls-of-others/ca.pem"));
    EXPECT_FALSE(allows_file(root_ / "tls/../secret.pem"));
    EXPECT_FALSE(allows_file(root_ / "tls/link.pem"));
    EXPECT_FALSE(allows_file(root_ / "tls"));
    EXPECT_FALSE(allows_file("ca.pem"));
    const auto no_folder = MachineCredentials::parse("", root_ / "none");
    ASSERT_FALSE(no_folder);
    EXPECT_EQ(no_folder.error().fields.at(0).path, "--target-tls-folder");
}

TEST_F(MachineCredentialsTest, ThePolicyOfTargetsAsksThem) {
    const auto uri = Uri::parse(Secret("mongodb://h/?tls=true&tlsCAFile=" + (root_ / "tls/ca.pem").string()));
    EXPECT_TRUE(uri->early_objection(TargetPolicy::parse("", "").value()));
    auto credentials = MachineCredentials::parse("", root_ / "tls").value();
    EXPECT_FALSE(uri->early_objection(TargetPolicy::parse("", "", std::move(credentials)).value()));
}

}  // namespace
}  // namespace mim::drivers::mongoc
