// What was deleted and can be brought back for a while.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

using TrashId = Id<struct TrashTag>;

enum class TrashKind {
    database,     // with its definitions, and what was noted of its collections
    definitions,  // all of one collection
    account
};
[[nodiscard]] constexpr std::string_view to_string(TrashKind kind) {
    switch (kind) {
        case TrashKind::database:
            return "database";
        case TrashKind::definitions:
            return "definitions";
        case TrashKind::account:
            return "account";
    }
    return "account";
}
[[nodiscard]] constexpr std::optional<TrashKind> parse_trash_kind(std::string_view text) {
    for (const TrashKind kind : {TrashKind::database, TrashKind::definitions, TrashKind::account}) {
        if (to_string(kind) == text) return kind;
    }
    return std::nullopt;
}

// A deletion that puts what it takes into the trash.
struct Discard {
    Timestamp at{};
    UserId by;
    TrashId as = TrashId::generate();

    Discard(Timestamp when, UserId who) : at(when), by(std::move(who)) {}
};

struct TrashEntry {
    TrashId id;
    TrashKind kind;
    Timestamp deleted_at{};
    UserId deleted_by;
    std::string name;                      // of the database, the collection or the account
    std::optional<DatabaseId> database{};  // it, or whose collection
    std::int64_t definitions = 0;
};

enum class TrashedAccounts { shown, hidden };

}  // namespace mim::app
