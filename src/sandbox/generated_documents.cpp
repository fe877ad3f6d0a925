#include "sandbox/generated_documents.hpp"

#include "bson/builder.hpp"

namespace mim::sandbox {
namespace {

constexpr std::string_view place_holder = "{n}";

void add_field(bson::Builder& into, const bson::ValueView& field, std::int32_t number) {
    const auto text = field.string();
    if (!text) {
        into.add(field.key(), field);
    } else if (*text == place_holder) {
        into.add(field.key(), number);
    } else if (const auto at = text->find(place_holder); at != std::string_view::npos) {
        std::string filled(*text);
        into.add(field.key(), filled.replace(at, place_holder.size(), std::to_string(number)));
    } else {
        into.add(field.key(), field);
    }
}

}  // namespace

std::vector<bson::Document> generate_documents(std::int64_t count, bson::DocumentView pattern) {
    std::vector<bson::Document> documents;
    documents.reserve(static_cast<std::size_t>(count));
    bson::Builder builder;
    for (std::int64_t each = 0; each < count; ++each) {
        const auto number = static_cast<std::int32_t>(each);
        builder.add("_id", number);
        for (const auto field : pattern) {
            if (field.key() != "_id") add_field(builder, field, number);
        }
        documents.push_back(builder.take());
    }
    return documents;
}

}  // namespace mim::sandbox
