// What must hold in a data file at any time, whatever happened to the processes that wrote it.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace mim::queue {

// Fails the running test for each that does not hold.
void expect_sound(const std::filesystem::path& file);
[[nodiscard]] std::set<std::string> stored_definitions(const std::filesystem::path& file);

}  // namespace mim::queue
