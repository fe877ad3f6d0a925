// What the audit log holds.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/model/user.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

// Every action there is. The words belong to the format: never change one.
inline constexpr std::array<std::string_view, 37> audit_actions{
    "account.register",  "account.sign_in",   "account.refresh",     "account.sign_out",
    "account.profile",   "account.password",  "account.role",        "account.status",
    "account.email",     "account.delete",    "account.reset_offer", "account.reset",
    "invite.create",     "invite.revoke",     "api_key.create",      "api_key.delete",
    "database.create",   "database.update",   "database.delete",     "database.test",
    "collection.create", "collection.rename", "collection.delete",   "index.create",
    "index.update",      "index.delete",      "index.import",        "sync.submit",
    "sync.cancel",       "sync.retry",        "sync.restore",        "sync.finish",
    "dead_letter.retry", "dead_letter.clear", "dead_letter.delete",  "trash.restore",
    "trash.purge"};

enum class AuditOutcome {
    done,
    refused,  // for want of a right, or of the right password
    failed,   // `error` says why; a target may have done a part of it
    unknown,  // begun, and nobody was left to tell its end
};
[[nodiscard]] constexpr std::string_view to_string(AuditOutcome outcome) {
    switch (outcome) {
        case AuditOutcome::done:
            return "done";
        case AuditOutcome::refused:
            return "refused";
        case AuditOutcome::failed:
            return "failed";
        case AuditOutcome::unknown:
            return "unknown";
    }
    return "unknown";
}
[[nodiscard]] constexpr std::optional<AuditOutcome> parse_audit_outcome(std::string_view text) {
    for (const auto outcome :
         {AuditOutcome::done, AuditOutcome::refused, AuditOutcome::failed, AuditOutcome::unknown}) {
        if (to_string(outcome) == text) return outcome;
    }
    return std::nullopt;
}

struct AuditActor {
    std::optional<UserId> user{};  // none: not signed in, and no account of that name
    std::string username{};        // as it was then
    std::optional<Role> role{};    // that the action was judged by
    std::optional<ApiKeyId> key{};
    std::string key_prefix{};
};

// One thing that somebody did, or tried to. No field holds a secret.
struct AuditEntry {
    AuditEntryId id = AuditEntryId::generate();
    Timestamp at{};        // when its outcome was written: what entries are sorted by, then by id
    Timestamp began_at{};  // when it was asked for
    std::string action{};
    AuditOutcome outcome = AuditOutcome::unknown;
    std::string error{};  // the error's code, of what was refused or failed
    AuditActor actor{};
    std::string address{};     // where the request came from; empty: a worker's doing
    std::string request_id{};  // as in the server's log; empty: a worker's doing
    std::optional<DatabaseId> database{};
    // What it was about, also when it came to nothing: an id, or a collection's name. Empty: of what was not
    // made, or of everything.
    std::string subject{};
    std::string before{}, after{};  // each one JSON object in one line, or empty
};

// All that are set must hold.
struct AuditFilter {
    std::optional<DatabaseId> database{};
    std::vector<UserId> users{};  // one of these; empty: whoever it was
    std::optional<std::string> action{};
    std::optional<AuditOutcome> outcome{};
    std::optional<Timestamp> from{};  // of `at`, from this moment on
    std::optional<Timestamp> to{};    // before this moment
};

// Behind which entry to read on.
struct AuditPlace {
    Timestamp at;
    AuditEntryId id;
};

}  // namespace mim::app
