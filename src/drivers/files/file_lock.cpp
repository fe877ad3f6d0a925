#include "drivers/files/file_lock.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace mim::drivers::files {
namespace {

Error cannot_lock(const std::filesystem::path& file) {
    return {ErrorCode::store_failed, "cannot lock " + file.string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<std::optional<FileLock>> FileLock::take(const std::filesystem::path& file, Sharing sharing) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) return cannot_lock(file);
    FileLock lock(descriptor);  // from here on it is closed
    const int kind = sharing == Sharing::alone ? LOCK_EX : LOCK_SH;
    if (::flock(descriptor, kind | LOCK_NB) == 0) return std::optional<FileLock>(std::move(lock));
    if (errno == EWOULDBLOCK) return std::optional<FileLock>();
    return cannot_lock(file);
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace mim::drivers::files
