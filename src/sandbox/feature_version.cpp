#include "sandbox/feature_version.hpp"

#include <array>

namespace mim::sandbox {
namespace {

using index::ServerVersion;

// Source: mongo src/mongo/util/version/releases.yml.
constexpr std::array major_releases{ServerVersion{8, 0}, ServerVersion{7, 0}, ServerVersion{6, 0},
                                    ServerVersion{5, 0}, ServerVersion{4, 4}, ServerVersion{4, 2},
                                    ServerVersion{4, 0}};

ServerVersion major_release_before(ServerVersion server) {
    for (const ServerVersion release : major_releases) {
        if (release < server) return release;
    }
    return server;
}

}  // namespace

bool can_run_with(ServerVersion server, ServerVersion feature_version) {
    return major_release_before(server) <= feature_version && feature_version <= server;
}

std::string usual_feature_versions(ServerVersion server) {
    return "'" + major_release_before(server).text() + "' or '" + server.text() + "'";
}

}  // namespace mim::sandbox
