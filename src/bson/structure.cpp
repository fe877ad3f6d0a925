#include "bson/structure.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "bson/text_forms.hpp"
#include "bson/value.hpp"

namespace mim::bson {
namespace {

constexpr std::size_t length_bytes = 4;
constexpr std::size_t smallest_document = 5;
constexpr std::uint8_t old_binary = 0x02;  // a subtype that repeats its length inside

class Walk {
  public:
    Walk(std::span<const std::uint8_t> bytes, std::size_t deepest, Texts texts)
        : bytes_(bytes), deepest_(deepest), texts_(texts) {
        ends_.reserve(16);
    }

    std::optional<std::string> fault() {
        if (!enter(bytes_.size()) || at_ != length_bytes || ends_.back() != bytes_.size())
            return reason_.empty() ? "its length does not fit" : reason_;
        while (!ends_.empty()) {
            if (!step()) return reason_.empty() ? "a value in it does not fit" : reason_;
        }
        return std::nullopt;
    }

  private:
    bool fail(const char* reason) {
        reason_ = reason;
        return false;
    }

    std::int32_t number_at(std::size_t offset) const {
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < length_bytes; ++i)
            number |= static_cast<std::uint32_t>(bytes_[offset + i]) << (8 * i);
        return static_cast<std::int32_t>(number);
    }

    // Where what stands in the innermost document must end: before its terminator.
    std::size_t limit() const { return ends_.back() - 1; }
    std::size_t left() const { return limit() - at_; }

    bool skip(std::size_t count) {
        if (left() < count) return false;
        at_ += count;
        return true;
    }

    bool may_stand(std::size_t start, std::size_t length) {
        if (texts_ == Texts::any_bytes) return true;
        const std::string_view text(reinterpret_cast<const char*>(bytes_.data()) + start, length);
        return is_utf8(text) || fail("a text in it is not UTF-8");
    }

    bool skip_c_string() {
        const auto* const start = bytes_.data() + at_;
        const auto* const end = static_cast<const std::uint8_t*>(std::memchr(start, 0, left()));
        if (end == nullptr) return fail("a name in it has no end");
        const auto length = static_cast<std::size_t>(end - start);
        if (!may_stand(at_, length)) return false;
        at_ += length + 1;
        return true;
    }

    bool skip_text() {
        if (left() < length_bytes) return false;
        const std::int32_t length = number_at(at_);
        at_ += length_bytes;
        if (length < 1 || left() < static_cast<std::size_t>(length)) return fail("a text in it does not fit");
        if (!may_stand(at_, static_cast<std::size_t>(length) - 1)) return false;
        at_ += static_cast<std::size_t>(length);
        return bytes_[at_ - 1] == 0 || fail("a text in it has no end");
    }

    bool skip_binary() {
        if (left() < length_bytes + 1) return false;
        const std::int32_t length = number_at(at_);
        const std::uint8_t subtype = bytes_[at_ + length_bytes];
        at_ += length_bytes + 1;
        if (length < 0 || left() < static_cast<std::size_t>(length)) return false;
        if (subtype == old_binary &&
            (length < static_cast<std::int32_t>(length_bytes) || number_at(at_) != length - 4))
            return false;
        at_ += static_cast<std::size_t>(length);
        return true;
    }

    bool skip_boolean() {
        if (left() < 1 || bytes_[at_] > 1) return false;
        ++at_;
        return true;
    }

    // Goes into the document that begins here and lies within `available` bytes.
    bool enter(std::size_t available) {
        if (available < smallest_document) return fail("a document in it does not fit");
        const std::int32_t length = number_at(at_);
        if (length < static_cast<std::int32_t>(smallest_document) ||
            static_cast<std::size_t>(length) > available)
            return fail("a document in it does not fit");
        const std::size_t end = at_ + static_cast<std::size_t>(length);
        if (bytes_[end - 1] != 0) return fail("a document in it has no end");
        if (ends_.size() > deepest_) return fail("it is nested too deeply");
        ends_.push_back(end);
        at_ += length_bytes;
        return true;
    }

    bool enter_code_with_scope() {
        if (left() < length_bytes) return false;
        const std::size_t start = at_;
        const std::int32_t length = number_at(at_);
        if (length < 0 || left() < static_cast<std::size_t>(length)) return false;
        at_ += length_bytes;
        if (!skip_text()) return false;
        const std::size_t end = start + static_cast<std::size_t>(length);
        if (at_ >= end || end - at_ < smallest_document) return false;
        return enter(end - at_) && ends_.back() == end;
    }

    // One field, or the end of the innermost document.
    bool step() {
        if (at_ == limit()) {
            at_ = ends_.back();
            ends_.pop_back();
            return true;
        }
        const auto type = static_cast<Type>(bytes_[at_]);
        ++at_;
        return skip_c_string() && skip_value(type);
    }

    bool skip_value(Type type) {
        switch (type) {
            case Type::undefined:
            case Type::null:
            case Type::min_key:
            case Type::max_key:
                return true;
            case Type::boolean:
                return skip_boolean();
            case Type::int32:
                return skip(4);
            case Type::double_:
            case Type::date:
            case Type::timestamp:
            case Type::int64:
                return skip(8);
            case Type::object_id:
                return skip(12);
            case Type::decimal128:
                return skip(16);
            case Type::string:
            case Type::code:
            case Type::symbol:
                return skip_text();
            case Type::db_pointer:
                return skip_text() && skip(12);
            case Type::regex:
                return skip_c_string() && skip_c_string();
            case Type::binary:
                return skip_binary();
            case Type::document:
            case Type::array:
                return enter(left());
            case Type::code_with_scope:
                return enter_code_with_scope();
        }
        return fail("a value in it has a type that does not exist");
    }

    std::span<const std::uint8_t> bytes_;
    std::size_t deepest_;
    Texts texts_;
    std::size_t at_ = 0;
    std::vector<std::size_t> ends_;  // of the documents that are open
    std::string reason_;
};

}  // namespace

std::optional<std::string> structure_fault(std::span<const std::uint8_t> bytes, std::size_t deepest,
                                           Texts texts) {
    return Walk(bytes, deepest, texts).fault();
}

}  // namespace mim::bson
