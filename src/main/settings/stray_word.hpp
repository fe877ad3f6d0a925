// What somebody may have meant who wrote a word where only flags are taken: `mim serve 8080`.
#pragma once

#include <string>
#include <vector>

#include "main/settings/command_table.hpp"

namespace mim::main {

// "; did you mean --listen 127.0.0.1:8080?", or empty. `commands` are the names of all of them.
[[nodiscard]] std::string meaning_of_stray_word(const std::string& word, const DescribedCommand& command,
                                                const std::vector<std::string>& commands);

}  // namespace mim::main
