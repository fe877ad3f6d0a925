// A file that is written beside its place and put there whole, for its owner only (mode 0600). What was
// written is removed when it is not put there.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace mim::drivers::files {

enum class Present { keep, replace };

class NewFile {
  public:
    // Empty, in the folder of `place`. internal: it cannot be made.
    [[nodiscard]] static Result<NewFile> beside(const std::filesystem::path& place);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    // In one step. already_exists: something is there and is to be kept; internal.
    Done put(Present present);

  private:
    NewFile(std::filesystem::path place, std::filesystem::path path)
        : place_(std::move(place)), path_(std::move(path)) {}
    std::filesystem::path place_;
    std::filesystem::path path_;  // empty = nothing to remove
};

}  // namespace mim::drivers::files
