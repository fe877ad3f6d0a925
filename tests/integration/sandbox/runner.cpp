// `mim_sandbox_runner sandbox --listen HOST:PORT …`: the sandbox alone, with the arguments of `mim sandbox`,
// so that its own tests need only this room. Ends on SIGTERM or SIGINT.
#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "sandbox/server.hpp"

namespace {

using mim::sandbox::Settings;

int fail(const std::string& text) {
    std::cerr << "mim_sandbox_runner: " << text << "\n";
    return 2;
}

std::pair<std::string, std::string> split(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

Settings settings_from(const std::map<std::string, std::string>& options) {
    Settings settings;
    if (options.contains("--listen")) {
        const auto [host, port] = split(options.at("--listen"));
        settings.host = host;
        settings.port = static_cast<std::uint16_t>(std::stoi(port));
    }
    if (options.contains("--latency-ms"))
        settings.latency = std::chrono::milliseconds(std::stoi(options.at("--latency-ms")));
    if (options.contains("--server-version"))
        settings.version = mim::index::ServerVersion::parse(options.at("--server-version")).value();
    if (options.contains("--feature-version"))
        settings.feature_version = mim::index::ServerVersion::parse(options.at("--feature-version")).value();
    if (options.contains("--replica-set")) settings.replica_set = options.at("--replica-set");
    if (options.contains("--auth")) {
        const auto [user, password] = split(options.at("--auth"));
        settings.credentials = {user, mim::Secret(password)};
    }
    return settings;
}

int wait_for_signal() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int received = 0;
    sigwait(&signals, &received);
    return 0;
}

void block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

int main(int count, char** arguments) {
    std::map<std::string, std::string> options;
    for (int at = 2; at + 1 < count; at += 2) options[arguments[at]] = arguments[at + 1];
    block_signals();
    auto server = mim::sandbox::Server::start(settings_from(options), mim::silent_logger());
    if (!server) return fail(server.error().message);
    if (options.contains("--seed")) {
        std::ifstream file(options["--seed"]);
        std::stringstream text;
        text << file.rdbuf();
        if (const auto loaded = (*server)->load_seed(text.str()); !loaded)
            return fail(loaded.error().message);
    }
    std::cout << "sandbox listening on " << (*server)->host() << ":" << (*server)->port() << std::endl;
    return wait_for_signal();
}
