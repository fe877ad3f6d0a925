#include "identity/key_files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mim::identity {
namespace {

namespace files = std::filesystem;

class KeyFiles : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (files::temp_directory_path() / "mim-keys-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { files::remove_all(folder); }
    [[nodiscard]] files::path private_file() const { return folder / private_key_file; }
    [[nodiscard]] files::path public_file() const { return folder / public_key_file; }
    static void write(const files::path& file, const std::string& text) { std::ofstream(file) << text; }

    files::path folder;
};

mode_t mode_of(const files::path& file) {
    struct stat status {};
    ::stat(file.c_str(), &status);
    return status.st_mode & 0777U;
}

TEST_F(KeyFiles, CreatedPairLoads) {
    const auto created = create_key_pair(folder);
    ASSERT_TRUE(created) << created.error().message;
    EXPECT_EQ(mode_of(private_file()), 0600U);
    EXPECT_EQ(mode_of(public_file()), 0644U);
    const auto loaded = load_key_pair(private_file(), public_file());
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->public_key.thumbprint(), created->public_key.thumbprint());
    EXPECT_EQ(std::distance(files::directory_iterator(folder), files::directory_iterator()), 2)
        << "no temporary file stays";
}

TEST_F(KeyFiles, AnExistingPrivateKeyIsKept) {
    write(private_file(), "precious");
    const auto created = create_key_pair(folder);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().code, ErrorCode::already_exists);
    EXPECT_EQ(files::file_size(private_file()), 8U);
}

TEST_F(KeyFiles, UnwritableFolderIsNamed) {
    const auto created = create_key_pair(folder / "missing");
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().message, "cannot make " + (folder / "missing" / private_key_file).string() +
                                           ": " + std::strerror(ENOENT));
}

TEST_F(KeyFiles, TroubleIsOneLineThatNamesTheFile) {
    ASSERT_TRUE(create_key_pair(folder));
    write(folder / "damaged.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    write(folder / "empty.pem", "");
    for (const char* name : {"damaged.pem", "empty.pem", "absent.pem"}) {
        const auto loaded = load_key_pair(folder / name, public_file());
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, ErrorCode::invalid_input);
        EXPECT_NE(loaded.error().message.find(name), std::string::npos) << loaded.error().message;
        EXPECT_EQ(loaded.error().message.find('\n'), std::string::npos);
    }
    EXPECT_FALSE(load_key_pair(private_file(), folder / "damaged.pem"));
}

TEST_F(KeyFiles, KeysOfTwoPairsAreRefused) {
    ASSERT_TRUE(create_key_pair(folder));
    files::create_directory(folder / "other");
    ASSERT_TRUE(create_key_pair(folder / "other"));
    const auto mixed = load_key_pair(private_file(), folder / "other" / public_key_file);
    ASSERT_FALSE(mixed);
    EXPECT_NE(mixed.error().message.find("does not belong"), std::string::npos);
}

TEST_F(KeyFiles, FirstUseCreatesLaterUsesLoad) {
    const auto first = load_or_create_key_pair(folder);
    ASSERT_TRUE(first);
    files::remove(public_file());
    const auto second = load_or_create_key_pair(folder);
    ASSERT_TRUE(second);
    EXPECT_EQ(first->public_key.thumbprint(), second->public_key.thumbprint());
    EXPECT_TRUE(load_key_pair(private_file(), public_file())) << "the public file is written again";
}

TEST_F(KeyFiles, OfManyAtOnceAllEndWithTheSameKey) {
    std::array<std::string, 4> fingerprints;
    std::vector<std::thread> threads;
    for (std::string& mine : fingerprints) {
        threads.emplace_back([&] { mine = load_or_create_key_pair(folder).value().public_key.thumbprint(); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& mine : fingerprints) EXPECT_EQ(mine, fingerprints[0]);
    EXPECT_TRUE(load_key_pair(private_file(), public_file()));
}

}  // namespace
}  // namespace mim::identity
