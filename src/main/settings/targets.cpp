#include "main/settings/topics.hpp"

namespace mim::main {

void add_target_settings(SettingTable& table, ServeSettings& settings) {
    TargetSettings& targets = settings.targets;
    target::TargetSettings& connections = targets.connections;
    table.add_count(
        "--target-breaker-failures", connections.breaker.failures,
        "Calls to one deployment that fail in a row before it is left alone for a while; 0 = never", 0,
        1'000);
    table.add_seconds("--target-breaker-pause-seconds", connections.breaker.pause,
                      "How long it is left alone before one call tries it again");
    table.add_seconds("--target-idle-seconds", connections.close_idle_after,
                      "Connections to a target that nobody uses so long are closed");
    table.add_milliseconds("--target-connect-timeout-ms", connections.quick.server_selection_timeout,
                           "Longest wait to find a server of a target and connect to it, in milliseconds",
                           100, 600'000);
    table.add_count("--target-call-megabytes", targets.call_megabytes,
                    "What one call holds at most of a target's answers and of what is made of them", 17,
                    4'096);
    table.add_count("--target-megabytes", targets.all_megabytes,
                    "What all calls together hold at most of targets' answers and of what is made of them",
                    128, 65'536);
    table.add_count("--target-requests-per-deployment", targets.requests_per_deployment,
                    "Requests that may ask one target deployment at once; one more is answered 503. 0 = a "
                    "quarter of --request-threads",
                    0, 1'024);
    table.add_count("--target-requests-per-user", targets.requests_per_user,
                    "Requests of a user that may ask targets at once; one more is answered 429. 0 = half of "
                    "--request-threads",
                    0, 1'024);
    table.add_text(
        "--target-allow", targets.allow,
        "The only hosts, addresses and networks that targets may be at, separated by commas: "
        "db.example.com, *.example.com, 10.0.0.0/8, fd00::/8, /run/mongodb.sock. Default: all that are "
        "not denied");
    table.add_text("--target-deny", targets.deny,
                   "Hosts, addresses and networks that targets may not be at; link-local and cloud metadata "
                   "addresses are denied anyway");
    table.add_text(
        "--ambient-credentials", targets.ambient_credentials,
        "This machine's own credentials that a target's connection string may sign in with: some of "
        "aws, gssapi and oidc, separated by commas. Default: none");
    table.add_path("--target-tls-folder", targets.tls_folder,
                   "The folder of the certificate and key files that a target's connection string may name. "
                   "Default: none may be named");
}

}  // namespace mim::main
