#include "store/mongodb/fields.hpp"

#include <array>

namespace mim::store::mongodb {

void put(bson::Builder& into, std::string_view key, const Packed& packed) {
    const auto bytes = packed.document.bytes();
    bson_t holder = BSON_INITIALIZER;
    bson_append_binary(&holder, key.data(), static_cast<int>(key.size()), BSON_SUBTYPE_BINARY, bytes.data(),
                       static_cast<std::uint32_t>(bytes.size()));
    into.add_all(bson::DocumentView::of(holder));
    bson_destroy(&holder);
}

bool Reader::present(std::string_view key) const {
    const auto value = document_.find(key);
    return value && value->type() != bson::Type::null;
}

std::string Reader::text(std::string_view key) {
    return must(optional_text(key));
}

std::optional<std::string> Reader::optional_text(std::string_view key) {
    if (!present(key)) return std::nullopt;
    const auto text = document_.find(key)->string();
    if (!text) damaged_ = true;
    return std::string(text.value_or(""));
}

std::int64_t Reader::integer(std::string_view key) {
    const auto value = document_.find(key);
    return must(value ? value->integer() : std::nullopt);
}

bool Reader::flag(std::string_view key) const {
    const auto value = document_.find(key);
    return value && value->truthy();
}

Timestamp Reader::time(std::string_view key) {
    return must(optional_time(key));
}

std::optional<Timestamp> Reader::optional_time(std::string_view key) {
    if (!present(key)) return std::nullopt;
    const auto value = document_.find(key);
    if (value->type() != bson::Type::date) {
        damaged_ = true;
        return std::nullopt;
    }
    return Timestamp{std::chrono::milliseconds{bson_iter_date_time(&value->position())}};
}

bson::Document Reader::packed(std::string_view key) {
    const auto value = document_.find(key);
    if (!value || value->type() != bson::Type::binary) return must(std::optional<bson::Document>());
    bson_subtype_t subtype{};
    std::uint32_t length = 0;
    const std::uint8_t* bytes = nullptr;
    bson_iter_binary(&value->position(), &subtype, &length, &bytes);
    auto document = bson::Document::from_bytes({bytes, length});
    if (!document) return must(std::optional<bson::Document>());
    return std::move(*document);
}

std::vector<std::string> Reader::texts(std::string_view key) {
    const auto value = document_.find(key);
    if (!value || value->type() != bson::Type::array) return must(std::optional<std::vector<std::string>>());
    std::vector<std::string> texts;
    for (const auto item : bson::elements(*value)) {
        const auto text = item.string();
        if (!text) damaged_ = true;
        texts.emplace_back(text.value_or(""));
    }
    return texts;
}

std::optional<bson::DocumentView> Reader::part(std::string_view key) const {
    const auto value = document_.find(key);
    return value ? value->document() : std::nullopt;
}

Reader Reader::inside(std::string_view key) const {
    static const bson::Document nothing;
    return Reader(part(key).value_or(nothing.view()));
}

std::string Reader::id_digits(std::string_view key) const {
    const auto value = document_.find(key);
    if (!value || value->type() != bson::Type::object_id) return {};
    std::array<char, 25> digits{};
    bson_oid_to_string(bson_iter_oid(&value->position()), digits.data());
    return {digits.data(), 24};
}

Done Reader::whole(std::string_view what) const {
    if (!damaged_) return {};
    return Error(ErrorCode::store_failed, "the store holds a damaged document: " + std::string(what));
}

}  // namespace mim::store::mongodb
