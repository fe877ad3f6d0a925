#include "identity/key_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;
namespace files = std::filesystem;

constexpr mode_t private_mode = 0600;
constexpr mode_t public_mode = 0644;
constexpr std::streamsize most_bytes = 64 * 1024;  // a PEM key has some two thousand

class TemporaryFile {
  public:
    explicit TemporaryFile(const files::path& beside) : path_(beside.string() + ".XXXXXX") {
        descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);  // mode 0600
    }
    ~TemporaryFile() {
        if (descriptor_ < 0) return;
        ::close(descriptor_);
        ::unlink(path_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    // False with errno set.
    [[nodiscard]] bool fill(const std::string& text, mode_t mode) const {
        return descriptor_ >= 0 && ::fchmod(descriptor_, mode) == 0 &&
               ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
               ::fsync(descriptor_) == 0;
    }
    [[nodiscard]] const char* path() const { return path_.c_str(); }

  private:
    std::string path_;
    int descriptor_ = -1;
};

Error cannot_write(const files::path& file) {
    return {ErrorCode::internal, "cannot write " + file.string() + ": " + std::strerror(errno)};
}

// Fails when the file is there already: the link is what decides between two processes.
Done write_new(const files::path& file, const std::string& text, mode_t mode) {
    const TemporaryFile temporary(file);
    if (!temporary.fill(text, mode)) return cannot_write(file);
    if (::link(temporary.path(), file.c_str()) == 0) return {};
    if (errno == EEXIST) return Error(ErrorCode::already_exists, file.string() + " exists and is kept");
    return cannot_write(file);
}

Done replace(const files::path& file, const std::string& text, mode_t mode) {
    const TemporaryFile temporary(file);
    if (!temporary.fill(text, mode) || ::rename(temporary.path(), file.c_str()) != 0)
        return cannot_write(file);
    return {};
}

Error about(const files::path& file, const std::string& reason) {
    return {ErrorCode::invalid_input, "cannot use the key " + file.string() + ": " + reason};
}

Result<Secret> read(const files::path& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(most_bytes), '\0');
    stream.read(text.data(), most_bytes);
    if (stream.bad() || stream.gcount() == 0) {
        return about(file, errno != 0 ? std::strerror(errno) : "the file is empty");
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return Secret(std::move(text));
}

Result<crypto::PrivateKey> read_private(const files::path& file) {
    MIM_TRY(pem, read(file));
    auto key = crypto::PrivateKey::from_pem(pem);
    if (!key) return about(file, key.error().message);
    return key;
}

Result<crypto::PublicKey> read_public(const files::path& file) {
    MIM_TRY(pem, read(file));
    auto key = crypto::PublicKey::from_pem(pem.reveal());
    if (!key) return about(file, key.error().message);
    return key;
}

}  // namespace

Result<KeyPair> create_key_pair(const files::path& folder) {
    if (files::exists(folder / private_key_file)) {
        return Error(ErrorCode::already_exists, (folder / private_key_file).string() + " exists and is kept");
    }
    MIM_TRY(key, crypto::PrivateKey::generate());
    MIM_CHECK(write_new(folder / private_key_file, key.to_pem().reveal(), private_mode));
    KeyPair pair{key, key.public_half()};
    MIM_CHECK(replace(folder / public_key_file, pair.public_key.to_pem(), public_mode));
    return pair;
}

Result<KeyPair> load_key_pair(const files::path& private_file, const files::path& public_file) {
    MIM_TRY(private_key, read_private(private_file));
    MIM_TRY(public_key, read_public(public_file));
    if (crypto::compare_keys(private_key, public_key) == crypto::KeyPairing::differ) {
        return about(public_file, "it does not belong to " + private_file.string());
    }
    return KeyPair{std::move(private_key), std::move(public_key)};
}

Result<KeyPair> load_own_key_pair(const files::path& folder) {
    MIM_TRY(key, read_private(folder / private_key_file));
    return KeyPair{key, key.public_half()};
}

Result<KeyPair> load_or_create_key_pair(const files::path& folder) {
    const files::path private_file = folder / private_key_file;
    if (!files::exists(private_file)) {
        auto created = create_key_pair(folder);
        // Another process may have won; its key is then ours.
        if (created || created.error().code != ErrorCode::already_exists) return created;
    }
    MIM_TRY(pair, load_own_key_pair(folder));
    if (!files::exists(folder / public_key_file)) {
        MIM_CHECK(replace(folder / public_key_file, pair.public_key.to_pem(), public_mode));
    }
    return pair;
}

Result<std::vector<crypto::PublicKey>> load_public_keys(const files::path& file_or_folder) {
    std::vector<files::path> names;
    std::error_code failure;
    if (files::is_directory(file_or_folder, failure)) {
        for (const auto& entry : files::directory_iterator(file_or_folder, failure)) {
            if (entry.path().extension() == ".pem") names.push_back(entry.path());
        }
        if (failure) return about(file_or_folder, failure.message());
        std::ranges::sort(names);
    } else {
        names.push_back(file_or_folder);
    }
    std::vector<crypto::PublicKey> keys;
    for (const files::path& name : names) {
        MIM_TRY(key, read_public(name));
        keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace mim::identity
