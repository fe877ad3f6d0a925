#include "drivers/files/new_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace mim::drivers::files {
namespace {

Error cannot_make(const std::filesystem::path& file) {
    return {ErrorCode::internal, "cannot make " + file.string() + ": " + std::strerror(errno)};
}

void write_folder_through(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

Result<NewFile> NewFile::beside(const std::filesystem::path& place) {
    std::string path = place.string() + ".new-XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);  // mode 0600
    if (descriptor < 0) return cannot_make(place);
    ::close(descriptor);
    return NewFile(place, path);
}

NewFile::NewFile(NewFile&& other) noexcept
    : place_(std::move(other.place_)), path_(std::exchange(other.path_, std::filesystem::path())) {}

NewFile::~NewFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

Done NewFile::put(Present present) {
    if (present == Present::replace) {
        if (::rename(path_.c_str(), place_.c_str()) != 0) return cannot_make(place_);
        path_.clear();
    } else if (::link(path_.c_str(), place_.c_str()) != 0) {
        if (errno == EEXIST) return Error(ErrorCode::already_exists, place_.string() + " exists and is kept");
        return cannot_make(place_);
    }
    write_folder_through(place_);
    return {};
}

}  // namespace mim::drivers::files
