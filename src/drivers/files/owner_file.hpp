// Small files: of those with a secret only their owner may read them (mode 0600). Blocking. Error texts name
// the file, never its content.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::drivers::files {

// The whole file, of at most 64 KiB. invalid_input: missing, unreadable or empty.
[[nodiscard]] Result<Secret> read_owner_file(const std::filesystem::path& file);
// A whole file appears, or none; of several processes one wins. already_exists; internal: cannot be written.
[[nodiscard]] Done create_owner_file(const std::filesystem::path& file, const Secret& text);
// In the place of what is there, at once and whole. internal: cannot be written.
[[nodiscard]] Done replace_owner_file(const std::filesystem::path& file, const Secret& text);
// The same, for everybody to read (mode 0644).
[[nodiscard]] Done replace_public_file(const std::filesystem::path& file, const std::string& text);

}  // namespace mim::drivers::files
