#include "identity/key_files.hpp"

#include <algorithm>

#include "drivers/files/owner_file.hpp"

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;
namespace files = std::filesystem;

Error about(const files::path& file, const std::string& reason) {
    return {ErrorCode::invalid_input, "cannot use the key " + file.string() + ": " + reason};
}

Result<crypto::PrivateKey> read_private(const files::path& file) {
    MIM_TRY(pem, drivers::files::read_owner_file(file));
    auto key = crypto::PrivateKey::from_pem(pem);
    if (!key) return about(file, key.error().message);
    return key;
}

Result<crypto::PublicKey> read_public(const files::path& file) {
    MIM_TRY(pem, drivers::files::read_owner_file(file));
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
    MIM_CHECK(drivers::files::create_owner_file(folder / private_key_file, key.to_pem()));
    KeyPair pair{key, key.public_half()};
    MIM_CHECK(drivers::files::replace_public_file(folder / public_key_file, pair.public_key.to_pem()));
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
        MIM_CHECK(drivers::files::replace_public_file(folder / public_key_file, pair.public_key.to_pem()));
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
