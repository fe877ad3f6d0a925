// A lock on a file that tells other processes that something is in use. Held until destroyed, or until the
// process ends, however it ends. Advisory: it stops only those who ask for it, too.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "base/result.hpp"

namespace mim::drivers::files {

enum class Sharing { with_others, alone };

class FileLock {
  public:
    // Does not wait: none when another process has it otherwise. Makes the file, mode 0600, when it is
    // missing; it is never removed, as a lock on a removed file would lock out nobody. store_failed: it
    // cannot be made.
    [[nodiscard]] static Result<std::optional<FileLock>> take(const std::filesystem::path& file,
                                                              Sharing sharing);
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace mim::drivers::files
