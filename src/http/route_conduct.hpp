// How each route is kept within bounds and accounted for: which databases it reaches, which action of the
// audit log it is, and what a request may carry. A unit test holds this list to routes.cpp.
#pragma once

#include <span>
#include <string_view>

#include "http/route.hpp"

namespace mim::http {

// How a request tells the database it is about; an API key that is bound to some databases is held to it.
enum class Reach {
    nothing,   // no database at all
    path,      // the parameter `:id` or `:database_id` is one
    body,      // the field `database_id` of the body
    index,     // that of the definition `:id`
    sync,      // that of the sync `:sync_id`
    listed,    // many: the controller shows those that the caller may see
    unbounded  // all of them, or one that is new: nothing for a bound key
};

// What a request may carry beside its path; the rest of what it carries is refused.
enum class Input { nothing, body, parameters };

enum class Record {
    announced,      // before and after the change: see app/audit_log.hpp
    afterwards,     // its outcome alone: what it gives is held back until that is written
    refusals_alone  // afterwards, and not even that when all went well
};

struct Conduct {
    std::string_view route;     // its name
    Reach reach;                //
    std::string_view action{};  // of app::audit_actions; empty: it changes nothing
    Record record = Record::announced;
};

[[nodiscard]] std::span<const Conduct> conducts();
[[nodiscard]] Input input_of(const Route& route);
// A route that is missing in the list is out of reach for bound keys.
[[nodiscard]] const Conduct& conduct_of(const Route& route);

}  // namespace mim::http
