#include <fstream>
#include <iostream>
#include <sstream>

#include "main/commands.hpp"
#include "main/signals.hpp"
#include "sandbox/server.hpp"

namespace mim::main {
namespace {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return invalid_field("--seed", "cannot read " + path.string());
    }
    return text.str();
}

Result<std::unique_ptr<sandbox::Server>> start(const SandboxSettings& wanted) {
    if (wanted.seed.empty()) return sandbox::Server::start(wanted.server, silent_logger());
    MIM_TRY(seed, read_file(wanted.seed));
    return sandbox::Server::start(wanted.server, silent_logger(), seed);
}

}  // namespace

int run_sandbox(const SandboxSettings& settings) {
    const StopSignals signals;
    const auto server = start(settings);
    if (!server) {
        std::cerr << "mim: " << explain(server.error()) << '\n';
        return 1;
    }
    const Endpoint bound{(*server)->host(), (*server)->port()};
    std::cout << "sandbox listening on " << bound.text() << std::endl;
    (void)signals.wait();
    (*server)->stop();
    return 0;
}

}  // namespace mim::main
