#include "main/secret_keys.hpp"

#include <algorithm>

#include "drivers/files/owner_file.hpp"

namespace mim::main {
namespace {

namespace files = drivers::files;
using drivers::crypto::SealKey;
using drivers::crypto::SecretBox;

constexpr const char* file_flag = "--secret-key-file";
constexpr const char* keys_flag = "--secret-keys";

Secret key_line(const SealKey& key) {
    return Secret("# key " + key.id() + "\n" + key.text().reveal() + "\n");
}

Result<SecretKeys> keys_of_text(const Secret& text, const char* flag, const std::string& where) {
    auto keys = drivers::crypto::parse_seal_keys(text);
    if (!keys) return invalid_field(flag, where + keys.error().message);
    return SecretKeys{SecretBox(std::move(*keys)), SecretKeys::Origin::given};
}

Result<SecretKeys> keys_of_file(const std::filesystem::path& file) {
    const auto text = files::read_owner_file(file);
    if (!text) return invalid_field(file_flag, text.error().message);
    return keys_of_text(*text, file_flag, file.string() + ": ");
}

Result<SecretKeys> make_key(const std::filesystem::path& file) {
    SealKey key = SealKey::generate();
    const auto made = files::create_owner_file(file, key_line(key));
    // Another process may have won; its key is then ours.
    if (!made && made.error().code == ErrorCode::already_exists) return keys_of_file(file);
    if (!made) return made.error();
    return SecretKeys{SecretBox({std::move(key)}), SecretKeys::Origin::made};
}

}  // namespace

std::filesystem::path secret_key_file(const ServeSettings& settings) {
    return settings.secrets.key_file.empty() ? settings.data / own_secret_key_file
                                             : settings.secrets.key_file;
}

Result<SecretKeys> secret_keys(const ServeSettings& settings, AbsentKey absent) {
    const bool file_given = !settings.secrets.key_file.empty();
    if (file_given && !settings.secrets.keys.empty())
        return invalid_field(keys_flag, "is set beside --secret-key-file: only one of them may be");
    if (!settings.secrets.keys.empty()) return keys_of_text(settings.secrets.keys, keys_flag, "");
    if (!file_given && !settings.store.empty()) {
        return invalid_field(
            file_flag,
            "a store on MongoDB needs the keys that seal its connection strings: make a file "
            "with 'mim keygen --secret-key FILE' and give the same to every server and worker");
    }
    const auto file = secret_key_file(settings);
    if (!file_given && absent == AbsentKey::make && !std::filesystem::exists(file)) return make_key(file);
    return keys_of_file(file);
}

bool knows_any(const SecretBox& box, const store::SealCount& seals) {
    return std::ranges::any_of(box.keys(),
                               [&](const SealKey& key) { return seals.by_key.contains(key.id()); });
}

Result<std::string> add_secret_key(const std::filesystem::path& file) {
    const SealKey key = SealKey::generate();
    if (!std::filesystem::exists(file)) {
        MIM_CHECK(files::create_owner_file(file, key_line(key)));
        return key.id();
    }
    MIM_CHECK(keys_of_file(file));
    MIM_TRY(older, files::read_owner_file(file));
    MIM_CHECK(files::replace_owner_file(file, Secret(key_line(key).reveal() + older.reveal())));
    return key.id();
}

}  // namespace mim::main
