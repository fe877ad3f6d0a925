#include "app/model/place.hpp"

#include <gtest/gtest.h>

namespace mim::app {
namespace {

std::string text_of(const std::string& uri, const std::string& db_name = "shop") {
    const auto place = place_of(Secret(uri), db_name);
    return place ? to_text(*place) : "none";
}

bool shared(const std::string& one, const std::string& other) {
    return is_shared(*place_of(Secret(one), "shop"), *place_of(Secret(other), "shop"));
}

struct Spelling {
    const char* uri;
    const char* place;
};
class PlaceOfTest : public ::testing::TestWithParam<Spelling> {};
TEST_P(PlaceOfTest, IsTheSameHoweverItIsWritten) {
    EXPECT_EQ(text_of(GetParam().uri), GetParam().place) << GetParam().uri;
}
INSTANTIATE_TEST_SUITE_P(
    Spellings, PlaceOfTest,
    ::testing::Values(Spelling{"mongodb://h", "shop/h:27017"},
                      Spelling{"mongodb://H.Example.:27017/", "shop/h.example:27017"},
                      Spelling{"mongodb://u:p%40ss@b:1,a,b:01/x?replicaSet=rs", "shop/a:27017,b:1"},
                      Spelling{"mongodb://u:p@a?tls=true", "shop/a:27017"},
                      Spelling{"MONGODB://%41", "shop/a:27017"},
                      Spelling{"mongodb://localhost", "shop/localhost:27017"},
                      Spelling{"mongodb://127.0.0.1", "shop/localhost:27017"},
                      Spelling{"mongodb://127.1:27017", "shop/localhost:27017"},
                      Spelling{"mongodb://0x7f000001", "shop/localhost:27017"},
                      Spelling{"mongodb://[::1]:27017", "shop/localhost:27017"},
                      Spelling{"mongodb://[0:0::1]", "shop/localhost:27017"},
                      Spelling{"mongodb://[::ffff:127.0.0.1]", "shop/localhost:27017"},
                      Spelling{"mongodb://0.0.0.0", "shop/localhost:27017"},
                      Spelling{"mongodb://[2001:DB8:0::1]:5", "shop/2001:db8::1:5"},
                      Spelling{"mongodb://10.0.1", "shop/10.0.0.1:27017"},
                      Spelling{"mongodb://%2Ftmp%2Fmongodb-27017.sock", "shop//tmp/mongodb-27017.sock"},
                      Spelling{"mongodb+srv://u:p@Cluster.Example.net./x", "shop/srv:cluster.example.net"},
                      Spelling{"mongodb://", "none"}, Spelling{"nonsense", "none"}, Spelling{"", "none"}));

TEST(Places, OneHostInCommonIsOnePlace) {
    EXPECT_TRUE(shared("mongodb://a,b,c/?replicaSet=rs", "mongodb://d,b:27017"));
    EXPECT_TRUE(shared("mongodb://u:p@a", "mongodb://w:q@A./other?tls=true"));
    EXPECT_FALSE(shared("mongodb://a:1", "mongodb://a:2"));
    EXPECT_FALSE(shared("mongodb+srv://a", "mongodb://a"));
    EXPECT_FALSE(
        is_shared(*place_of(Secret("mongodb://a"), "shop"), *place_of(Secret("mongodb://a"), "other")));
    EXPECT_TRUE(
        is_shared(*place_of(Secret("mongodb://a"), "Shop"), *place_of(Secret("mongodb://a"), "shop")));
}

TEST(Places, OneServerInCommonIsOnePlace) {
    const auto named = *place_of(Secret("mongodb://a"), "shop"),
               hidden = *place_of(Secret("mongodb://t"), "shop");
    const auto met = with_servers(named, {"process 1", "member a of rs", "process 2"});
    EXPECT_EQ(servers_of(met), (std::vector<std::string>{"process 1", "process 2"}))
        << "names of members are not one's own";
    EXPECT_EQ(met, named) << "the text leads where it did";
    EXPECT_EQ(parse_place(to_text(met))->hosts, met.hosts);
    EXPECT_FALSE(is_shared(met, hidden));
    EXPECT_FALSE(is_shared(met, with_servers(hidden, {"process 3"})));
    EXPECT_TRUE(is_shared(met, with_servers(hidden, {"process 2"})));
    EXPECT_FALSE(is_shared(met, with_servers(*place_of(Secret("mongodb://t"), "other"), {"process 2"})));
}

TEST(Places, KnowTheNewestServersWhenThereWereMany) {
    auto place = *place_of(Secret("mongodb://a"), "shop");
    for (int number = 100; number < 200; ++number)
        place = with_servers(place, {"process " + std::to_string(number)});
    const auto known = servers_of(place);
    EXPECT_LE(known.size(), 64U);
    EXPECT_EQ(known.back(), "process 199");
    EXPECT_EQ(place.hosts.front(), "a:27017");
}

TEST(Places, AreReadBackAsTheyWereWritten) {
    for (const char* const uri :
         {"mongodb://b,a", "mongodb://%2Ftmp%2Fx.sock", "mongodb+srv://c", "mongodb://[2001:db8::1]"}) {
        const auto place = place_of(Secret(uri), "shop");
        ASSERT_TRUE(place);
        EXPECT_EQ(parse_place(to_text(*place)), place) << uri;
    }
    EXPECT_FALSE(parse_place(""));
    EXPECT_FALSE(parse_place("shop/"));
}

TEST(Deployment, IsTheHostsAndNothingElse) {
    const auto of = [](const char* uri) { return deployment_of(Secret(uri)); };
    EXPECT_EQ(of("mongodb://B:27018,a:27017/db?replicaSet=r"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb://a,b:27018"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb://user:p%40ss@a:27017,b:27018/?tls=true"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb+srv://u:p@cluster.example/db"), "srv:cluster.example");
    EXPECT_EQ(of("mongodb://127.0.0.1/db"), of("mongodb://localhost:27017"));
    EXPECT_EQ(of("nonsense"), "");
    EXPECT_EQ(of(""), "");
}

}  // namespace
}  // namespace mim::app
