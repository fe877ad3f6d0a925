#include "main/keys.hpp"

namespace mim::main {

namespace {

bool own_pair(const ServeSettings& settings) {
    return settings.private_key.empty() && settings.public_key.empty();
}

Result<identity::KeyPair> given_pair(const ServeSettings& settings) {
    if (settings.private_key.empty() || settings.public_key.empty()) {
        const char* absent = settings.private_key.empty() ? "--private-key" : "--public-key";
        return invalid_field(absent, "must be set too: the two files of a pair belong together");
    }
    return identity::load_key_pair(settings.private_key, settings.public_key);
}

Result<identity::KeyPair> own_pair_in(const std::filesystem::path& folder, AbsentKey absent) {
    if (absent == AbsentKey::make) return identity::load_or_create_key_pair(folder);
    return identity::load_own_key_pair(folder);
}

}  // namespace

Result<identity::KeyRing> token_keys(const ServeSettings& settings, AbsentKey absent) {
    auto loaded = own_pair(settings) ? own_pair_in(settings.data, absent) : given_pair(settings);
    if (!loaded) return loaded.error();
    if (settings.additional_public_keys.empty()) return identity::KeyRing(std::move(*loaded));
    MIM_TRY(accepted, identity::load_public_keys(settings.additional_public_keys));
    return identity::KeyRing(std::move(*loaded), std::move(accepted));
}

std::vector<FieldError> token_key_problems(const ServeSettings& settings) {
    std::vector<FieldError> problems;
    const auto note = [&problems](const char* flag, const auto& loaded) {
        if (loaded) return;
        const Error error = loaded.error();
        if (error.fields.empty()) problems.push_back({flag, error.message});
        problems.insert(problems.end(), error.fields.begin(), error.fields.end());
    };
    std::error_code unknown;
    const bool made_later =
        own_pair(settings) && !std::filesystem::exists(settings.data / identity::private_key_file, unknown);
    if (!own_pair(settings)) note("--private-key", given_pair(settings));
    if (own_pair(settings) && !made_later) note("--data", identity::load_own_key_pair(settings.data));
    if (!settings.additional_public_keys.empty())
        note("--additional-public-keys", identity::load_public_keys(settings.additional_public_keys));
    return problems;
}

}  // namespace mim::main
