// For controllers: before and after of a change, and what was tried, written by the views that write answers.
// So what the API never shows, the audit log never holds. They are small, and never cut short by what the
// call holds.
#pragma once

#include <utility>

#include "base/call_memory.hpp"
#include "http/json_writer.hpp"
#include "http/request.hpp"

namespace mim::http {

// `write(JsonWriter&)` writes one object.
template <class Write>
void tell_before(const Request& request, Write&& write) {
    const CallMemory apart;
    JsonWriter json(request.audit.before);
    std::forward<Write>(write)(json);
}
template <class Write>
void tell_after(const Request& request, Write&& write) {
    const CallMemory apart;
    JsonWriter json(request.audit.after);
    std::forward<Write>(write)(json);
}
// Told before it is tried. What was told is worth an entry however it fails.
template <class Write>
void tell_tried(const Request& request, Write&& write) {
    const CallMemory apart;
    JsonWriter json(request.audit.tried);
    std::forward<Write>(write)(json);
}

// Success, since what was to be gone is gone; but nothing was done.
inline void tell_nothing_done(const Request& request) {
    request.audit.effect = Effect::nothing;
}

}  // namespace mim::http
