#include "main/settings/topics.hpp"

namespace mim::main {

void add_work_settings(SettingTable& table, ServeSettings& settings) {
    table.add_count("--workers", settings.workers, "Syncs run at once by this process; 0 = none", 0U, 256U);
    table.add_count("--syncs-per-target", settings.syncs_per_target,
                    "Syncs of one deployment run at once by this process; 0 = half of the workers", 0U, 256U);
    table.add_count("--max-syncs", settings.max_syncs, "Syncs run at once by all processes; 0 = any number",
                    0U, 100'000U);
    table.add_duration("--lease-seconds", settings.lease,
                       "A job whose worker is silent this long is taken over");
    table.add_duration("--build-deadline-seconds", settings.build_deadline,
                       "Longest wait for one index build");
    table.add_duration("--target-deadline-seconds", settings.target_deadline,
                       "Longest wait for a target when a request asks it");
    table.add_count("--read-concurrency", settings.read_concurrency,
                    "Collections of targets read at once by this process", 1U, 256U);
    table.add_count("--max-targets", settings.max_targets, "Targets whose connections are kept open", 1U,
                    10'000U);
}

}  // namespace mim::main
