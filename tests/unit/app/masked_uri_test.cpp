#include <array>
#include <random>

#include <gtest/gtest.h>

#include "app/ports/target.hpp"

namespace mim::app {
namespace {

std::string masked(const std::string& text) {
    return masked_uri(Secret(text));
}

TEST(MaskedUri, HidesThePasswordOnly) {
    EXPECT_EQ(masked("mongodb://user:secret@host:27017/db?tls=true"),
              "mongodb://user:***@host:27017/db?tls=true");
    EXPECT_EQ(masked("mongodb+srv://u:p%40ss@c.example.com/"), "mongodb+srv://u:***@c.example.com/");
    EXPECT_EQ(masked("mongodb://u:s@h1:1,h2:2,[::1]:3/db"), "mongodb://u:***@h1:1,h2:2,[::1]:3/db");
    EXPECT_EQ(masked("mongodb://u:s@h/?appName=me@work"), "mongodb://u:***@h/?appName=me@work");
    EXPECT_EQ(masked("mongodb://:s@h/"), "mongodb://:***@h/");
    EXPECT_EQ(masked("mongodb://u:@h/"), "mongodb://u:***@h/");
}

TEST(MaskedUri, LeavesWhatHasNoPassword) {
    for (const char* text :
         {"", "mongodb://", "mongodb://host:27017/db?replicaSet=rs", "mongodb://user@host/", "nonsense",
          "mongodb://h/?appName=a@b", "mongodb://%2Ftmp%2Fmongodb-27017.sock/db"}) {
        EXPECT_EQ(masked(text), text);
    }
}

TEST(MaskedUri, IsStableWhenMaskedAgain) {
    const std::string once = masked("mongodb://u:s@h/db?authMechanismProperties=A:b&tls=true");
    EXPECT_EQ(masked(once), once);
}

TEST(MaskedUri, HidesPasswordsOfInvalidTexts) {
    for (const char* text :
         {"mongodb://user:se/cret@host/db", "mongodb://user:se@cret@host/db",
          "mongodb://user:se:cret@host/db", "mongodb://user:se?cret@host/db",
          "mongodb://user:se#cret@host/db", "mongodb://user:se@x?y@cret@host/db", "mongodb:/user:secret@host",
          "mongodb//user:secret@host", "user:secret@host", "mongodb://user:se/c@ret@host",
          "mongodb://user:se@a/cret@host/", "mongodb://user:se@:/?a=cret@host",
          "mongodb://user:se@x/?#cret&a=cret@host", "mongodb://user:se@x/?=cret@host",
          "mongodb://user:se@x/?a=b&cret&c=@host", "http://user:se%zzcret@host"}) {
        const std::string shown = masked(text);
        EXPECT_EQ(shown.find("cret"), std::string::npos) << shown;
        EXPECT_NE(shown.find("host"), std::string::npos) << shown;
        EXPECT_NE(shown.find("***"), std::string::npos) << shown;
    }
}

TEST(MaskedUri, HidesSecretOptions) {
    EXPECT_EQ(masked("mongodb://u:p@h/?authMechanismProperties=AWS_SESSION_TOKEN:s3cret,X:y&tls=true"),
              "mongodb://u:***@h/?authMechanismProperties=***&tls=true");
    EXPECT_EQ(masked("mongodb://h/?tlsCertificateKeyFilePassword=s3cret"),
              "mongodb://h/?tlsCertificateKeyFilePassword=***");
    EXPECT_EQ(masked("mongodb://h/?AUTHMECHANISMPROPERTIES=s3cret&a=b"),
              "mongodb://h/?AUTHMECHANISMPROPERTIES=***&a=b");
    EXPECT_EQ(masked("mongodb://h/?authMechanism%50roperties=s3cret"),
              "mongodb://h/?authMechanism%50roperties=***");
    EXPECT_EQ(masked("mongodb://h/?a=b;sslClientCertificateKeyPassword=s3&cret"),
              "mongodb://h/?a=b;sslClientCertificateKeyPassword=***&cret");
    EXPECT_EQ(masked("authMechanismProperties=s3cret/x?y"), "authMechanismProperties=***");
}

TEST(MaskedUri, AnyBytesAreFine) {
    std::mt19937 random(7);
    constexpr std::string_view alphabet("ab:@/?&=%#;.,[]\0\xFF ", 18);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = i % 2 == 0 ? "mongodb://" : "";
        for (std::size_t length = random() % 30; length > 0; --length)
            text += alphabet[random() % alphabet.size()];
        const std::string user_info = "u:S3CRET@";
        const std::string shown = masked("mongodb://" + user_info + "h" + text);
        EXPECT_EQ(shown.find("S3CRET"), std::string::npos) << shown;
        (void)masked(text);
    }
}

TEST(MaskedUri, HidesASecretOptionBeforeTheLastAtSign) {
    EXPECT_EQ(masked("mongodb://h/?pwd=cret:x@a&b@host"), "mongodb://***@host");
    EXPECT_EQ(masked("mongodb://h/?pwd=cret&b@host"), "mongodb://h/?pwd=***&b@host");
}

TEST(MaskedUri, AnyWordsInAnyOrderAreStable) {
    std::mt19937 random(11);
    constexpr std::array<std::string_view, 15> words = {"a", "pwd", ":",   "@",   "/", "?",   "&", "=",
                                                        "#", ";",   "%50", "***", ",", "://", "b="};
    for (int i = 0; i < 100'000; ++i) {
        std::string text;
        for (std::size_t count = random() % 16; count > 0; --count) text += words[random() % words.size()];
        const std::string once = masked(text);
        ASSERT_EQ(masked(once), once) << text;
    }
}

}  // namespace
}  // namespace mim::app
