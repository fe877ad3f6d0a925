// Traces for an Elastic APM server; without its URL nothing is traced.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/secret.hpp"

namespace mim::main {

enum class TraceContinuation { follow, restart };

struct ApmSettings {
    std::string server_url;  // empty = off
    Secret secret_token;
    Secret api_key;
    std::filesystem::path ca_file;  // empty = the machine's own authorities
    std::string service_name = "mim";
    std::string environment;
    double sample_rate = 1;
    TraceContinuation continuation = TraceContinuation::follow;
    unsigned queue_events = 4'096;
    std::chrono::seconds timeout{5};
};

}  // namespace mim::main
