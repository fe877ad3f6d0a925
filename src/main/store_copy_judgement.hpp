// What a copy of a store would be refused for, asked before anything is written anywhere.
#pragma once

#include "base/result.hpp"
#include "main/settings.hpp"

namespace mim::main {

// One line that names the store at fault, without credentials: no store, both are the same, one is in use,
// its schema is of another version.
Done judge_copy(const StoreCopySettings& settings);

}  // namespace mim::main
