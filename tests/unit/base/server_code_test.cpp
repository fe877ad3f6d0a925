#include "base/server_code.hpp"

#include <gtest/gtest.h>

namespace mim::server_code {
namespace {

TEST(ServerCode, HasTheServersName) {
    EXPECT_EQ(name_of(85), "IndexOptionsConflict");
    EXPECT_EQ(name_of(duplicate_key), "DuplicateKey");
}

TEST(ServerCode, WithoutANameIsALocation) {
    EXPECT_EQ(name_of(13103), "Location13103");
    EXPECT_EQ(name_of(unknown_field), "Location40415");
}

TEST(ServerCode, TellsWhetherItPasses) {
    EXPECT_EQ(lasting_of(not_writable_primary), Lasting::passes);
    EXPECT_EQ(lasting_of(write_conflict), Lasting::passes);
    EXPECT_EQ(lasting_of(index_options_conflict), Lasting::lasts);
    EXPECT_EQ(lasting_of(99'999), Lasting::lasts);
}

TEST(ServerCode, MayQuoteDocumentsUnlessItIsKnownNotTo) {
    EXPECT_EQ(words_of(cannot_create_index), Words::about_definitions);
    EXPECT_EQ(words_of(duplicate_key), Words::may_quote_documents);
    EXPECT_EQ(words_of(99'999), Words::may_quote_documents);
}

}  // namespace
}  // namespace mim::server_code
