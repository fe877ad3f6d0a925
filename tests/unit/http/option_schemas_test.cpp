// The schemas of options in the OpenAPI document are those of the table. MIM_UPDATE_GOLDEN=1 writes them into
// it.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "index/definition/index_option.hpp"
#include "source_folder.hpp"

namespace mim::http {
namespace {

using index::IndexOption;
using index::OptionKind;

std::filesystem::path document_file() {
    return tests::source_folder() / "src/http/openapi/openapi.json";
}

std::string document_text() {
    std::ostringstream text;
    text << std::ifstream(document_file()).rdbuf();
    return text.str();
}

std::string types_of(OptionKind kind) {
    switch (kind) {
        case OptionKind::flag:
        case OptionKind::strict_flag:
        case OptionKind::unjudged_flag:
            return R"("boolean")";
        case OptionKind::whole:
        case OptionKind::index_version:
        case OptionKind::seconds:
            return R"("integer")";
        case OptionKind::fraction:
            return R"("number", "object")";
        case OptionKind::text:
            return R"("string")";
        case OptionKind::weights:
            return R"("object", "string")";
        default:
            return R"("object")";
    }
}

std::string property(const IndexOption& option, std::string_view name, std::string_view description,
                     std::string_view default_json, std::string_view collation) {
    std::string line = "          \"" + std::string(name) + "\": {";
    if (option.kind != OptionKind::collation)
        line += R"("type": [)" + types_of(option.kind) + R"(, "null"], )";
    line += R"("description": ")" + std::string(description) + '"';
    if (!default_json.empty()) line += R"(, "default": )" + std::string(default_json);
    if (option.kind == OptionKind::seconds) line += R"(, "minimum": 0, "maximum": 2147483647)";
    if (option.kind == OptionKind::collation) {
        line += R"(, "anyOf": [{"$ref": "#/components/schemas/)" + std::string(collation) +
                R"("}, {"type": "null"}])";
    }
    return line + "},\n";
}

std::vector<const IndexOption*> in_order_of_the_contract() {
    std::vector<const IndexOption*> options;
    for (const IndexOption& option : index::index_options()) {
        if (option.contract) options.push_back(&option);
    }
    std::ranges::sort(options, {}, [](const IndexOption* option) { return option->contract->position; });
    return options;
}

std::string answered() {
    std::string text;
    for (const IndexOption* const option : in_order_of_the_contract()) {
        const auto& entry = *option->contract;
        text += property(*option, entry.name, entry.description, entry.default_json, "Collation");
    }
    return text + R"(          "other": {"type": ["object", "null"], "description": )"
                  R"("Options without a name here, under MongoDB's own names, as Extended JSON"})"
                  "\n";
}

// What a request may hold besides: MongoDB's own names, and within a collation too.
std::string given() {
    std::string text;
    for (const IndexOption* const option : in_order_of_the_contract()) {
        const auto& entry = *option->contract;
        if (option->kind == OptionKind::collation) {
            text += property(*option, entry.name, entry.description, {}, "GivenCollation");
        } else if (option->name != entry.name) {
            text += property(*option, option->name, "The same as " + std::string(entry.name), {}, {});
        }
    }
    text.erase(text.size() - 2, 1);  // no comma after the last
    return text;
}

// Where the properties of a schema stand in the document, as they are indented there.
struct Stretch {
    std::size_t begin;
    std::size_t end;
};
Stretch properties_of(const std::string& document, const std::string& schema) {
    const std::string opening = "        \"properties\": {\n";
    const std::size_t start = document.find("\n      \"" + schema + "\": {\n");
    const std::size_t begin = document.find(opening, start) + opening.size();
    return {begin, document.find("\n        }\n", begin) + 1};
}

void expect_schema(const std::string& schema, const std::string& wanted) {
    std::string document = document_text();
    const Stretch there = properties_of(document, schema);
    if (std::getenv("MIM_UPDATE_GOLDEN") != nullptr) {
        document.replace(there.begin, there.end - there.begin, wanted);
        std::ofstream(document_file()) << document;
        return;
    }
    EXPECT_EQ(document.substr(there.begin, there.end - there.begin), wanted)
        << "MIM_UPDATE_GOLDEN=1 writes " << schema << " as the table has it; then scripts/api-reference";
}

TEST(OptionSchemas, AnswersHaveWhatTheTableNames) {
    expect_schema("IndexOptions", answered());
}

TEST(OptionSchemas, RequestsTakeMongoDBsNamesToo) {
    expect_schema("GivenOptions", given());
}

}  // namespace
}  // namespace mim::http
