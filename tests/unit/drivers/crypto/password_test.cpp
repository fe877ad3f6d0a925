#include "drivers/crypto/password.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::crypto {
namespace {

constexpr Argon2Cost cheap{64 * 1024, 1};

TEST(Password, HashFitsItsPasswordOnly) {
    const auto hash = argon2id_hash(Secret("correct horse"), cheap);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->reveal().starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    EXPECT_EQ(argon2id_verify(Secret("correct horse"), *hash), Match::yes);
    EXPECT_EQ(argon2id_verify(Secret("correct horsf"), *hash), Match::no);
    EXPECT_EQ(argon2id_verify(Secret(""), *hash), Match::no);
}

TEST(Password, TheSamePasswordHashesDifferently) {
    EXPECT_NE(argon2id_hash(Secret("p"), cheap)->reveal(), argon2id_hash(Secret("p"), cheap)->reveal());
}

TEST(Password, BytesAfterAZeroCount) {
    const Secret whole(std::string("a\0b", 3));
    const auto hash = argon2id_hash(whole, cheap);
    EXPECT_EQ(argon2id_verify(whole, *hash), Match::yes);
    EXPECT_EQ(argon2id_verify(Secret("a"), *hash), Match::no);
}

TEST(Password, DefaultCostIsTheOneDocumented) {
    const auto hash = argon2id_hash(Secret("p"), Argon2Cost{});
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->reveal().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(Password, OtherHashesNeverFit) {
    for (const char* hash :
         {"", "plain", "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g", "$argon2id$", "$2b$10$x"}) {
        EXPECT_EQ(argon2id_verify(Secret("plain"), Secret(hash)), Match::no) << hash;
    }
}

// A decoy must have the form of a real hash, or verifying against it would be refused at once and tell who
// exists.
TEST(Password, DecoyHasTheFormOfARealHash) {
    const auto real = argon2id_hash(Secret("p"), cheap);
    const Secret decoy = argon2id_decoy(cheap);
    EXPECT_EQ(decoy.reveal().size(), real->reveal().size());
    EXPECT_EQ(decoy.reveal().substr(0, decoy.reveal().rfind('=') + 3),
              real->reveal().substr(0, decoy.reveal().rfind('=') + 3));
    EXPECT_EQ(argon2id_verify(Secret("p"), decoy), Match::no);
    EXPECT_NE(decoy.reveal(), argon2id_decoy(cheap).reveal());
}

}  // namespace
}  // namespace mim::drivers::crypto
