// Which privilege a refused command lacked, as MongoDB's roles name it: "listIndexes on shop.orders". Pure.
#pragma once

#include <string>
#include <string_view>

#include "drivers/mongoc/error.hpp"

namespace mim::drivers::mongoc {

// Action and resource. The server's text tells which command it refused where; what it does not tell comes
// from `attempt`. Empty for a command that is not known here.
[[nodiscard]] std::string missing_privilege(const Attempt& attempt, std::string_view server_text);
// Atlas says "user is not allowed to do action [listIndexes] on [shop.orders]".
[[nodiscard]] bool names_privilege(std::string_view server_text);

}  // namespace mim::drivers::mongoc
