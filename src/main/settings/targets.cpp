#include "main/settings/topics.hpp"

namespace mim::main {

void add_target_settings(SettingTable& table, ServeSettings& settings) {
    TargetSettings& targets = settings.targets;
    table.add_count(
        "--target-breaker-failures", targets.breaker_failures,
        "Calls to one deployment that fail in a row before it is left alone for a while; 0 = never", 0U,
        1'000U);
    table.add_duration("--target-breaker-pause-seconds", targets.breaker_pause,
                       "How long it is left alone before one call tries it again");
    table.add_duration("--target-idle-seconds", targets.idle,
                       "Connections to a target that nobody uses so long are closed");
    table.add_count("--target-call-megabytes", targets.call_megabytes,
                    "What one call holds of a target's answers at most", std::uint64_t{17},
                    std::uint64_t{4'096});
    table.add_count("--target-megabytes", targets.all_megabytes,
                    "What all calls together hold of targets' answers at most", std::uint64_t{128},
                    std::uint64_t{65'536});
    table.add("--target-allow", targets.allow,
              "The only hosts, addresses and networks that targets may be at, separated by commas: "
              "db.example.com, *.example.com, 10.0.0.0/8, fd00::/8, /run/mongodb.sock. Default: all that are "
              "not denied");
    table.add("--target-deny", targets.deny,
              "Hosts, addresses and networks that targets may not be at; link-local and cloud metadata "
              "addresses are denied anyway");
}

}  // namespace mim::main
