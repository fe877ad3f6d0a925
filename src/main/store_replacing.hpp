// Taking an embedded store out of its place, so that another can be put there. Nothing is thrown away.
#pragma once

#include "main/settings.hpp"

namespace mim::main {

// What SQLite keeps beside `file` is moved to names of this moment, and the file gets a second name, so that
// there is one in its place at every moment. Told on the standard output.
Done keep_aside(const std::filesystem::path& file);

}  // namespace mim::main
