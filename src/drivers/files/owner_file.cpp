#include "drivers/files/owner_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/files/new_file.hpp"

namespace mim::drivers::files {
namespace {

constexpr std::streamsize most_bytes = 64 * 1024;

constexpr mode_t for_everybody = 0644;

// Made with mode 0600; `mode` none leaves it so.
Done fill(const std::filesystem::path& file, const std::string& bytes, std::optional<mode_t> mode) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const bool filled =
        descriptor >= 0 && (!mode || ::fchmod(descriptor, *mode) == 0) &&
        ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(descriptor) == 0;
    const std::string reason = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (filled) return {};
    return Error(ErrorCode::internal, "cannot write " + file.string() + ": " + reason);
}

Done write_whole(const std::filesystem::path& file, const Secret& text, Present present) {
    MIM_TRY(draft, NewFile::beside(file));
    MIM_CHECK(fill(draft.path(), text.reveal(), std::nullopt));
    return draft.put(present);
}

}  // namespace

Result<Secret> read_owner_file(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(most_bytes), '\0');
    stream.read(text.data(), most_bytes);
    if (stream.bad() || stream.gcount() == 0) {
        const std::string reason = errno != 0 ? std::strerror(errno) : "the file is empty";
        return Error(ErrorCode::invalid_input, "cannot read " + file.string() + ": " + reason);
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return Secret(std::move(text));
}

Done create_owner_file(const std::filesystem::path& file, const Secret& text) {
    return write_whole(file, text, Present::keep);
}

Done replace_owner_file(const std::filesystem::path& file, const Secret& text) {
    return write_whole(file, text, Present::replace);
}

Done replace_public_file(const std::filesystem::path& file, const std::string& text) {
    MIM_TRY(draft, NewFile::beside(file));
    MIM_CHECK(fill(draft.path(), text, for_everybody));
    return draft.put(Present::replace);
}

}  // namespace mim::drivers::files
