// Definitions of every kind by chance: their Extended JSON says all that they hold.
#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "fakes/spec_generator.hpp"

namespace mim::index::testing {
namespace {

TEST(JsonRoundTrip, LosesNothingOfADefinition) {
    fakes::SpecGenerator generator(20);
    for (int round = 0; round < 5'000; ++round) {
        const bson::Document document = generator.next().to_document();
        const std::string text = bson::to_json(document);
        const auto again = bson::parse_json(text);
        ASSERT_TRUE(again) << again.error().message << " in " << text;
        ASSERT_EQ(*again, document) << text;
    }
}

}  // namespace
}  // namespace mim::index::testing
