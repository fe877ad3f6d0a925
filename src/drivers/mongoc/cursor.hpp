// Reads a command's cursor to its end.
#pragma once

#include <functional>
#include <vector>

#include "base/byte_budget.hpp"
#include "drivers/mongoc/command.hpp"

namespace mim::drivers::mongoc {

using Documents = std::vector<bson::Document>;
using Ask = std::function<Outcome<bson::Document>(const Command&)>;

// Every document, in order, counted by `charge`. `ask` sends the command and what asks for more of it; all to
// one server.
[[nodiscard]] Outcome<Documents> read_cursor(const Command& command, Charge& charge, const Ask& ask);

}  // namespace mim::drivers::mongoc
