#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using WireCollections = Wire;

TEST_F(WireCollections, CreatesOnce) {
    EXPECT_TRUE(collections()->create_collection("c", soon()));
    const auto again = collections()->create_collection("c", soon());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::already_exists);
    EXPECT_EQ(collections()->create_collection("", soon()).error().code, ErrorCode::target_refused);
}

TEST_F(WireCollections, RenamesWithoutOverwriting) {
    ASSERT_TRUE(collections()->create_collection("a", soon()));
    ASSERT_TRUE(collections()->create_collection("b", soon()));
    EXPECT_EQ(collections()->rename_collection("a", "b", soon()).error().code, ErrorCode::already_exists);
    EXPECT_EQ(collections()->rename_collection("x", "y", soon()).error().code, ErrorCode::not_found);
    EXPECT_TRUE(collections()->rename_collection("a", "c", soon()));
    EXPECT_EQ(target()->read({}, soon()).value().size(), 2U);
}

TEST_F(WireCollections, DropsAlsoWhatIsGone) {
    ASSERT_TRUE(collections()->create_collection("a", soon()));
    EXPECT_TRUE(collections()->drop_collection("a", soon()));
    EXPECT_TRUE(collections()->drop_collection("a", soon()));
    EXPECT_TRUE(target()->read({}, soon()).value().empty());
}

TEST_F(WireCollections, CountsExactly) {
    ASSERT_TRUE(server->load_seed(R"({"databases": {"t": {"full": {"documents": 1234}, "empty": {}}}})"));
    EXPECT_EQ(collections()->count_documents("full", soon()).value(), 1'234);
    EXPECT_EQ(collections()->count_documents("empty", soon()).value(), 0);
    EXPECT_EQ(collections()->count_documents("missing", soon()).value(), 0);
    const auto subject = collections();
    server.reset();
    EXPECT_EQ(subject->count_documents("full", soon()).error().code, ErrorCode::target_unreachable);
}

}  // namespace
}  // namespace mim::target
