// Deletions that take much along ask for the name of what is deleted, of clients that know to give it. A name
// that is given must be the right one, whoever gives it and however little goes: whoever names another thing
// than they delete is mistaken. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace mim::app {

struct Confirmation {
    enum class Asked { name, nothing } asked = Asked::name;
    std::optional<std::string> given{};
};

// not_allowed_in_state, with what will go and how to confirm it.
[[nodiscard]] Done check_confirmed(const Confirmation& confirmation, std::string_view name,
                                   std::string_view what_goes);

}  // namespace mim::app
