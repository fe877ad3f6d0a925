// The fixed JavaScript at the head of every script: a few small functions that the steps call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/script/script.hpp"

namespace mim::index {

// Comment lines with the title and how to run it, `"use strict"`, and the database the script speaks to.
[[nodiscard]] std::string script_head(const ScriptHeader& header, std::string_view promise);

// plain(spec), find(collection, name): what is there, and whether two listings are the same index. Some
// servers list of a collation only what they were given: the script knows what the locales of these
// operations fill in.
[[nodiscard]] std::string reading_functions(const std::vector<Operation>& operations);
// create(…), drop(…), modify(…).
extern const std::string_view changing_functions;
// holds(…), lacks(…), conclude().
extern const std::string_view verifying_functions;

}  // namespace mim::index
