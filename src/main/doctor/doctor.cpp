#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "main/process.hpp"

namespace mim::main {

int doctor(const DoctorSettings& settings) {
    const auto& common = settings.common;
    const auto log = begin_process(common);
    Report report(settings.output);
    report.begin("libraries");
    examine_libraries(report);
    report.begin("settings");
    examine_settings(report, common, settings.of);
    report.begin("token_keys");
    if (settings.of == Role::serve) examine_token_keys(report, common);
    report.begin("secret_keys");
    const auto keys = examine_secret_keys(report, common);
    report.begin("store");
    auto store = examine_store(report, common, keys);
    report.begin("connection_strings");
    if (store && keys) examine_seals(report, *store, *keys);
    report.begin("queue");
    examine_queue(report, common, store ? &*store : nullptr);
    report.begin("targets");
    if (store) examine_targets(report, common, *store->stores.databases);
    return report.close();
}

}  // namespace mim::main
