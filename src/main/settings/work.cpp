#include "main/settings/topics.hpp"

namespace mim::main {

void add_work_settings(SettingTable& table, ServeSettings& settings) {
    table.add_count("--workers", settings.work.workers, "Syncs run at once by this process; 0 = none", 0,
                    256);
    table.add_count("--syncs-per-target", settings.syncs_per_target,
                    "Syncs of one deployment run at once by this process; 0 = half of the workers", 0, 256);
    table.add_count("--max-syncs", settings.max_syncs, "Syncs run at once by all processes; 0 = any number",
                    0, 100'000);
    table.add_seconds("--lease-seconds", settings.work.lease_time,
                      "A job whose worker is silent this long is taken over");
    table.add_seconds("--build-deadline-seconds", settings.run.build_deadline,
                      "Longest wait for one index build");
    table.add_seconds("--target-deadline-seconds", settings.targets.deadline,
                      "Longest wait for a target when a request asks it");
    table.add_count("--read-concurrency", settings.targets.connections.reading_threads,
                    "Collections of targets read at once by this process", 1, 256);
    table.add_count("--max-targets", settings.targets.connections.most_targets,
                    "Targets whose connections are kept open", 1, 10'000);
}

}  // namespace mim::main
