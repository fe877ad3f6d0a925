// Ids: 24 lower-case hex digits in every store (MongoDB's ObjectId form: 4 bytes of seconds, 5 random per
// process, 3 of a counter), so that they sort by time of creation. One strong type per thing that has an id.
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mim {

// A fresh 24-digit id. Thread-safe; unique across processes.
[[nodiscard]] std::string generate_id_digits();
[[nodiscard]] bool is_id_digits(std::string_view text);

template <class Tag>
class Id {
  public:
    [[nodiscard]] static Id generate() { return Id(generate_id_digits()); }
    // None when `text` is not 24 hex digits; upper case is accepted and folded.
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        if (!is_id_digits(text)) return std::nullopt;
        std::string digits(text);
        for (char& digit : digits) {
            if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
        }
        return Id(std::move(digits));
    }
    [[nodiscard]] const std::string& text() const { return digits_; }
    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    explicit Id(std::string digits) : digits_(std::move(digits)) {}
    std::string digits_;
};

using UserId = Id<struct UserTag>;
using DatabaseId = Id<struct DatabaseTag>;
using DefinitionId = Id<struct DefinitionTag>;
using SyncId = Id<struct SyncTag>;
using InviteId = Id<struct InviteTag>;
using TokenFamilyId = Id<struct TokenFamilyTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using AuditEntryId = Id<struct AuditEntryTag>;

}  // namespace mim

template <class Tag>
struct std::hash<mim::Id<Tag>> {
    std::size_t operator()(const mim::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.text());
    }
};
