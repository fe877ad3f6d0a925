#include "bson/json.hpp"

#include "bson/json_reader.hpp"
#include "bson/json_writer.hpp"

namespace mim::bson {
namespace {

struct OwnedBson {
    OwnedBson() { bson_init(&raw); }
    ~OwnedBson() { bson_destroy(&raw); }
    OwnedBson(const OwnedBson&) = delete;
    OwnedBson& operator=(const OwnedBson&) = delete;
    bson_t raw;
};

}  // namespace

Result<Document> parse_json(std::string_view text) {
    MIM_TRY(tree, read_json_tree(text));
    OwnedBson document;
    MIM_CHECK(append_children(document.raw, tree));
    return Document::from_bytes({bson_get_data(&document.raw), document.raw.len});
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
