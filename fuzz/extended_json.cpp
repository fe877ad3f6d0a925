// Extended JSON: what is read is written and read again without loss, in its canonical form and in the API's.
#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "fuzz.hpp"
#include "http/definition/bson_json.hpp"
#include "http/json_parse.hpp"

namespace {

using mim::fuzz::must;

void canonical_form(std::string_view text) {
    const auto document = mim::bson::parse_json(text);
    if (!document) return;
    static_cast<void>(mim::bson::to_json(*document, mim::bson::JsonForm::relaxed));
    must(mim::bson::Document::from_bytes(document->bytes()).has_value(), "it is valid BSON");
    const std::string once = mim::bson::to_json(*document);
    const auto again = mim::bson::parse_json(once);
    must(again.has_value(), "what is written can be read", once);
    must(*again == *document, "nothing is lost", once);
}

std::string written(const mim::bson::ValueView& value) {
    std::string text;
    mim::http::JsonWriter json(text);
    mim::http::write_value(json, value);
    return text;
}

void api_form(std::string_view text) {
    const auto tree = mim::http::parse_json(text);
    if (!tree) return;
    const auto first = mim::http::read_value(*tree);
    if (!first) return;
    const std::string once = written(first->view());
    const auto tree_again = mim::http::parse_json(once);
    must(tree_again.has_value(), "what is written is JSON", once);
    const auto second = mim::http::read_value(*tree_again);
    must(second.has_value(), "what is written can be read", once);
    must(mim::bson::identical(first->view(), second->view()), "nothing is lost", once);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = mim::fuzz::text_of(data, size);
    canonical_form(text);
    api_form(text);
    return 0;
}
