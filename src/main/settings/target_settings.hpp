// How targets are treated; docs/targets.md explains it.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

#include "target/targets.hpp"

namespace mim::main {

struct TargetSettings {
    std::chrono::seconds deadline{15};  // when a request asks one
    std::size_t call_megabytes = 64;    // of its answers, held by one call
    std::size_t all_megabytes = 512;    // of all targets' answers, held at once
    // Of requests that wait for targets at once; 0 = a quarter of the request threads, and half of them.
    std::size_t requests_per_deployment = 0;
    std::size_t requests_per_user = 0;
    std::string allow;  // separated by commas; empty = every address that is not denied
    std::string deny;
    // Of this machine's own, what signing in may use: some of aws, gssapi, oidc; files in a folder.
    std::string ambient_credentials;
    std::filesystem::path tls_folder;
    // Of the pools: only the span to find a server is set, the others come from the settings around it.
    target::TargetSettings connections;
};

}  // namespace mim::main
