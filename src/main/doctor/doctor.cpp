#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "main/process.hpp"
#include "main/setting_checks.hpp"

namespace mim::main {

int doctor(const DoctorSettings& settings) {
    const auto& common = settings.common;
    const auto log = begin_process(common);
    Report report;
    const auto problems = setting_problems(common, settings.of);
    for (const auto& problem : problems)
        report.failure("settings", problem.path + ": " + problem.reason,
                       "mim config check shows where it was set");
    if (problems.empty()) report.ok("settings", "they fit together");
    if (settings.of == Role::serve) examine_token_keys(report, common);
    const auto keys = examine_secret_keys(report, common);
    auto store = examine_store(report, common, keys);
    if (store && keys) examine_seals(report, *store, *keys);
    examine_queue(report, common, store ? &*store : nullptr);
    if (store) examine_targets(report, common, *store->stores.databases);
    return report.close();
}

}  // namespace mim::main
