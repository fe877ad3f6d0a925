// Where the checkout is that is being tested, for golden files and documents.
#pragma once

#include <filesystem>

namespace mim::tests {

[[nodiscard]] std::filesystem::path source_folder();

}  // namespace mim::tests
