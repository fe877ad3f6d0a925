// The command line cut into a command, its flags and its words: texts, which nobody has judged yet. With its
// source file the only place that knows CLI11, which cuts and writes the help, and converts nothing.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "main/settings/command_table.hpp"

namespace mim::main {

struct SplitArguments {
    const DescribedCommand* command = nullptr;
    FlagTexts flags;
    std::vector<std::string> words;  // beside the command's name and the flags
};
struct VersionWanted {};

// Prints help and complaints itself: then the exit code is the answer.
[[nodiscard]] std::variant<SplitArguments, VersionWanted, Exit> split_arguments(const CommandTable& table,
                                                                                int count, char** arguments);
// Of CLI11.
[[nodiscard]] std::string argument_library_version();

}  // namespace mim::main
