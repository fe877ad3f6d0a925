#include "bson/json.hpp"

#include <memory>

#include "bson/json_writer.hpp"
#include "bson/type_operator.hpp"

namespace mim::bson {
namespace {

struct BsonDeleter {
    void operator()(bson_t* raw) const { bson_destroy(raw); }
};

Result<Document> read_json(std::string_view text) {
    bson_error_t failure{};
    const std::unique_ptr<bson_t, BsonDeleter> raw(bson_new_from_json(
        reinterpret_cast<const std::uint8_t*>(text.data()), static_cast<ssize_t>(text.size()), &failure));
    if (!raw) return Error{ErrorCode::invalid_input, std::string("not Extended JSON: ") + failure.message};
    return Document::from_bytes({bson_get_data(raw.get()), raw->len});
}

}  // namespace

Result<Document> parse_json(std::string_view text) {
    // libbson would take an array for a document with the keys "0", "1" …
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || text[start] != '{') {
        return Error{ErrorCode::invalid_input, "not Extended JSON: an object {…} was expected"};
    }
    if (text.find("\"$type\"") == std::string_view::npos) return read_json(text);
    MIM_TRY(disguised, read_json(disguise_type_operator(text)));
    return reveal_type_operator(disguised);
}

std::string to_json(DocumentView document, JsonForm form) {
    std::string text;
    ExtendedJsonWriter(text, form).whole(document);
    return text;
}

std::string to_json(const ValueView& value, JsonForm form) {
    std::string text;
    ExtendedJsonWriter(text, form).value(value);
    return text;
}

}  // namespace mim::bson
