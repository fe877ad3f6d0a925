#include <iostream>

#include "identity/key_files.hpp"
#include "main/commands.hpp"

namespace mim::main {

int keygen(const KeygenSettings& settings) {
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

}  // namespace mim::main
