#include "identity/one_time_tokens.hpp"

#include <gtest/gtest.h>

namespace mim::identity {
namespace {

TEST(OneTimeTokens, AreFreshAndKnownByTheirHash) {
    const auto tokens = create_invite_tokens();
    const Secret one = tokens->make(), other = tokens->make();
    EXPECT_NE(one, other);
    EXPECT_EQ(one.reveal().size(), std::string("mim_invite_").size() + 43);  // 256 bits
    EXPECT_EQ(tokens->hash(one), tokens->hash(one));
    EXPECT_NE(tokens->hash(one), tokens->hash(other));
    EXPECT_EQ(tokens->prefix(one), one.reveal().substr(0, 17));
    EXPECT_TRUE(create_reset_tokens()->make().reveal().starts_with("mim_reset_"));
    // FIPS 180-2, appendix B.1
    EXPECT_EQ(tokens->hash(Secret("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace mim::identity
