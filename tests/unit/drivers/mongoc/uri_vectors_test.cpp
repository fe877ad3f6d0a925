// The `uri` group of the golden vectors.
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "drivers/mongoc/uri.hpp"
#include "source_folder.hpp"

namespace mim::drivers::mongoc {
namespace {

TEST(UriVectors, ParserAgreesWithEveryVector) {
    std::ifstream file(tests::source_folder() / "tests/golden/index-vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    int tried = 0;
    const boost::json::value vectors = boost::json::parse(text.str());
    for (const auto& vector : vectors.as_array()) {
        if (vector.at("group").as_string() != "uri") continue;
        const auto& step = vector.at("steps").as_array().back();
        const std::string uri(step.at("uri").as_string());
        EXPECT_EQ(Uri::parse(Secret(uri)).has_value(), vector.at("expect").at("valid").as_bool())
            << vector.at("id").as_string() << ": " << uri;
        ++tried;
    }
    EXPECT_EQ(tried, 11);
}

}  // namespace
}  // namespace mim::drivers::mongoc
