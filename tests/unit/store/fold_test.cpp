#include "base/fold.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

struct Case {
    const char* text;
    const char* folded;
};

class Fold : public ::testing::TestWithParam<Case> {};

TEST_P(Fold, LowersEveryLetterOnce) {
    EXPECT_EQ(fold(GetParam().text), GetParam().folded);
    EXPECT_EQ(fold(fold(GetParam().text)), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(Letters, Fold,
                         ::testing::Values(Case{"", ""}, Case{"AZ az 09 [@`{", "az az 09 [@`{"},
                                           Case{"ÀÖ×ØÞ÷ÿŸ", "àö×øþ÷ÿÿ"}, Case{"ĀāŁłŹźŽžİı", "āāłłźźžžİı"},
                                           Case{"ΑΣΩ ΆΈΉΊΌΎΏ", "ασω άέήίόύώ"}, Case{"АЯЀЏ ая", "аяѐџ ая"},
                                           Case{"日本 😀", "日本 😀"}, Case{"\xC3", "\xC3"},
                                           Case{"\xFF\xC3(A", "\xFF\xC3(a"}));

TEST(FoldInStore, NamesBeyondAsciiAreFoundAndUniqueInAnyCase) {
    SqliteWorld world;
    ASSERT_TRUE(world.users().create(contract::a_user("Jörg")));
    EXPECT_EQ(contract::outcome(world.users().find_by_identity("JÖRG")), "ok");
    auto again = contract::a_user("JÖRG");
    again.email = "other@example.org";
    EXPECT_TRUE(contract::names_field(world.users().create(again), "username"));
    ASSERT_TRUE(world.databases().create(contract::a_database("Größe")));
    EXPECT_EQ(world.databases().list({.query = "GRÖ", .page = 1, .limit = 10})->total, 1);
}

}  // namespace
}  // namespace mim::store
