#include "bson/builder.hpp"

#include <algorithm>
#include <stdexcept>

namespace mim::bson {
namespace {

int length(std::string_view text) {
    return static_cast<int>(text.size());
}

// libbson refuses an append only when the document would pass 2 GiB.
void require(bool appended) {
    if (!appended) throw std::length_error("a BSON document grew past its limit");
}

}  // namespace

Builder::Builder() {
    bson_init(&raw_);
}
Builder::~Builder() {
    bson_destroy(&raw_);
}
Builder::Builder(Builder&& other) noexcept {
    bson_steal(&raw_, &other.raw_);
    bson_init(&other.raw_);
}
Builder& Builder::operator=(Builder&& other) noexcept {
    if (this == &other) return *this;
    bson_destroy(&raw_);
    bson_steal(&raw_, &other.raw_);
    bson_init(&other.raw_);
    return *this;
}

Builder& Builder::add(std::string_view key, std::string_view text) {
    require(bson_append_utf8(&raw_, key.data(), length(key), text.data(), length(text)));
    return *this;
}
Builder& Builder::add(std::string_view key, std::int32_t number) {
    require(bson_append_int32(&raw_, key.data(), length(key), number));
    return *this;
}
Builder& Builder::add(std::string_view key, std::int64_t number) {
    require(bson_append_int64(&raw_, key.data(), length(key), number));
    return *this;
}
Builder& Builder::add(std::string_view key, double number) {
    require(bson_append_double(&raw_, key.data(), length(key), number));
    return *this;
}
Builder& Builder::add(std::string_view key, bool truth) {
    require(bson_append_bool(&raw_, key.data(), length(key), truth));
    return *this;
}
Builder& Builder::add(std::string_view key, DocumentView document) {
    const bson_t raw = document.raw();
    require(bson_append_document(&raw_, key.data(), length(key), &raw));
    return *this;
}
Builder& Builder::add(std::string_view key, const ValueView& value) {
    require(bson_append_iter(&raw_, key.data(), length(key), &value.position()));
    return *this;
}
Builder& Builder::add_null(std::string_view key) {
    require(bson_append_null(&raw_, key.data(), length(key)));
    return *this;
}
Builder& Builder::add_date(std::string_view key, std::int64_t milliseconds_since_epoch) {
    require(bson_append_date_time(&raw_, key.data(), length(key), milliseconds_since_epoch));
    return *this;
}
Builder& Builder::add_object_id(std::string_view key, std::string_view hex24) {
    if (!bson_oid_is_valid(hex24.data(), hex24.size()))
        throw std::invalid_argument("an ObjectId has 24 hex digits");
    bson_oid_t id;
    bson_oid_init_from_string(&id, std::string(hex24).c_str());
    require(bson_append_oid(&raw_, key.data(), length(key), &id));
    return *this;
}
Builder& Builder::add_array(std::string_view key, DocumentView array) {
    const bson_t raw = array.raw();
    require(bson_append_array(&raw_, key.data(), length(key), &raw));
    return *this;
}
Builder& Builder::add_all(DocumentView document) {
    const bson_t raw = document.raw();
    require(bson_concat(&raw_, &raw));
    return *this;
}

Document Builder::take() {
    Document document{DocumentView::of(raw_)};
    bson_reinit(&raw_);
    return document;
}

Document without(DocumentView document, std::initializer_list<std::string_view> keys) {
    Builder builder;
    for (const auto value : document) {
        if (std::find(keys.begin(), keys.end(), value.key()) == keys.end()) builder.add(value.key(), value);
    }
    return builder.take();
}

}  // namespace mim::bson
