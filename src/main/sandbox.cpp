#include <fstream>
#include <iostream>
#include <sstream>

#include "main/commands.hpp"
#include "main/signals.hpp"
#include "sandbox/server.hpp"

namespace mim::main {
namespace {

Result<std::optional<sandbox::Credentials>> credentials(const std::string& text) {
    if (text.empty()) return std::optional<sandbox::Credentials>{};
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
        return invalid_field("--auth", "must be USER:PASSWORD");
    }
    return std::optional(sandbox::Credentials{text.substr(0, colon), Secret(text.substr(colon + 1))});
}

Result<sandbox::Settings> settings_of(const SandboxSettings& wanted) {
    sandbox::Settings settings;
    settings.host = wanted.listen.host;
    settings.port = wanted.listen.port;
    settings.latency = wanted.latency;
    const auto version = index::ServerVersion::parse(wanted.server_version);
    if (!version)
        return invalid_field("--server-version", "'" + wanted.server_version + "' is not a version like 7.0");
    settings.version = *version;
    MIM_TRY(login, credentials(wanted.auth));
    settings.credentials = login;
    return settings;
}

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return invalid_field("--seed", "cannot read " + path.string());
    }
    return text.str();
}

Result<std::unique_ptr<sandbox::Server>> start(const SandboxSettings& wanted) {
    MIM_TRY(settings, settings_of(wanted));
    MIM_TRY(server, sandbox::Server::start(settings, silent_logger()));
    if (!wanted.seed.empty()) {
        MIM_TRY(text, read_file(wanted.seed));
        MIM_CHECK(server->load_seed(text));
    }
    return server;
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
