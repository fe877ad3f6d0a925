#include "app/remembered_accounts.hpp"

#include <algorithm>

#include "base/fold.hpp"
#include "bson/json.hpp"

namespace mim::app {
namespace {

constexpr std::size_t deletions_at_once = 100;
// Of the first entries of an account one tells its name.
constexpr std::size_t first_entries = 10;

std::string text_in(bson::DocumentView object, std::string_view name) {
    const auto found = object.find(name);
    return std::string(found ? found->string().value_or("") : std::string_view());
}

// The account of a deletion, as it was; none when that is not told, or another.
std::optional<UserId> deleted_one(const AuditEntry& deletion, const std::string& folded) {
    if (deletion.before.empty()) return std::nullopt;
    const auto before = bson::parse_json(deletion.before);
    if (!before) return std::nullopt;
    const auto is_it = [&](std::string_view name) { return fold(text_in(before->view(), name)) == folded; };
    if (!is_it("username") && !is_it("email")) return std::nullopt;
    return UserId::parse(text_in(before->view(), "id"));
}

}  // namespace

Result<std::vector<UserId>> RememberedAccounts::called(std::string_view identity) {
    const std::string folded = fold(identity);
    const AuditFilter deletions{.action = "account.delete"};
    std::vector<UserId> found;
    std::optional<AuditPlace> place;
    for (;;) {
        MIM_TRY(part, entries_.read(deletions, place, deletions_at_once));
        for (const AuditEntry& deletion : part) {
            const auto id = deleted_one(deletion, folded);
            if (id && std::ranges::find(found, *id) == found.end()) found.push_back(*id);
        }
        if (part.size() < deletions_at_once) return found;
        place = AuditPlace{part.back().at, part.back().id};
    }
}

Result<std::string> RememberedAccounts::username_of(const UserId& id) {
    MIM_TRY(entries, entries_.read({.users = {id}}, std::nullopt, first_entries));
    for (const AuditEntry& entry : entries) {
        if (!entry.actor.username.empty()) return entry.actor.username;
    }
    return std::string();
}

}  // namespace mim::app
