// What a controller tells of the change it makes; the dispatcher makes an entry of the audit log of it.
#pragma once

#include <optional>
#include <string>

#include "app/model/user.hpp"
#include "base/id.hpp"

namespace mim::http {

enum class Effect { change, nothing };

struct AuditDraft {
    std::optional<app::User> who;        // of a request without a token
    std::optional<DatabaseId> database;  // when the request could not name it: it is new
    std::string subject;                 // of what was made: the request could not name it
    std::string before, after;           // each one JSON object, or empty; see tell_before and tell_after
    Effect effect = Effect::change;      // nothing: what was to be deleted was not there
    std::string tried;                   // the same, of what takes the place of `after` when it failed
};

}  // namespace mim::http
