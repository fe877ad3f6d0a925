#include <iostream>

#include <sys/stat.h>

#include "identity/key_files.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/secret_keys.hpp"

namespace mim::main {

namespace {

int make_token_keys(const KeygenSettings& settings) {
    std::error_code failure;
    std::filesystem::create_directories(settings.out, failure);
    if (failure) {
        std::cerr << "mim: cannot make the folder " << settings.out.string() << ": " << failure.message()
                  << '\n';
        return 1;
    }
    const auto keys = identity::create_key_pair(settings.out);
    if (!keys) {
        std::cerr << "mim: " << keys.error().message << '\n';
        return 1;
    }
    std::cout << "wrote " << (settings.out / identity::private_key_file).string() << " and "
              << (settings.out / identity::public_key_file).string() << '\n';
    return 0;
}

int make_secret_key(const std::filesystem::path& file) {
    const auto id = add_secret_key(file);
    if (!id) return fail(id.error());
    std::cout << "wrote the key " << *id << " to " << file.string() << '\n';
    return 0;
}

}  // namespace

int keygen(const KeygenSettings& settings) {
    if (settings.out.empty() && settings.secret_key.empty()) {
        std::cerr << "mim: keygen needs --out FOLDER or --secret-key FILE\n";
        return 2;
    }
    umask(S_IRWXG | S_IRWXO);
    if (const int failed = settings.out.empty() ? 0 : make_token_keys(settings); failed != 0) return failed;
    return settings.secret_key.empty() ? 0 : make_secret_key(settings.secret_key);
}

}  // namespace mim::main
