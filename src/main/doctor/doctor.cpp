#include <cstdlib>
#include <future>
#include <iostream>
#include <thread>

#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "main/process.hpp"

namespace mim::main {
namespace {

// What one check leaves for the next.
struct Examined {
    const DoctorSettings& settings;
    std::optional<SecretKeys> keys{};
    std::optional<OpenStore> store{};
};

struct Check {
    const char* name;
    void (*run)(Report& report, Examined& examined);
};

constexpr Check checks[] = {
    {"libraries", [](Report& report, Examined&) { examine_libraries(report); }},
    {"settings",
     [](Report& report, Examined& examined) {
         examine_settings(report, examined.settings.common, examined.settings.of);
     }},
    {"token_keys",
     [](Report& report, Examined& examined) {
         if (examined.settings.of == Role::serve) examine_token_keys(report, examined.settings.common);
     }},
    {"secret_keys",
     [](Report& report, Examined& examined) {
         examined.keys = examine_secret_keys(report, examined.settings.common);
     }},
    {"store",
     [](Report& report, Examined& examined) {
         auto store = examine_store(report, examined.settings.common, examined.keys);
         if (store) examined.store.emplace(std::move(*store));
     }},
    {"connection_strings",
     [](Report& report, Examined& examined) {
         if (examined.store && examined.keys) examine_seals(report, *examined.store, *examined.keys);
     }},
    {"queue",
     [](Report& report, Examined& examined) {
         examine_queue(report, examined.settings.common, examined.store ? &*examined.store : nullptr);
     }},
    {"targets",
     [](Report& report, Examined& examined) {
         if (examined.store)
             examine_targets(report, examined.settings.common, *examined.store->stores.databases);
     }},
};

void examine_all(Report& report, const DoctorSettings& settings) {
    Examined examined{settings};
    for (const Check& check : checks) {
        report.begin(check.name);
        check.run(report, examined);
    }
}

std::vector<std::string> names_of_checks() {
    std::vector<std::string> names;
    for (const Check& check : checks) names.emplace_back(check.name);
    return names;
}

}  // namespace

int doctor(const DoctorSettings& settings) {
    const auto log = begin_process(settings.common);
    Report report(settings.output);
    std::packaged_task<void()> task([&] { examine_all(report, settings); });
    auto done = task.get_future();
    std::thread work(std::move(task));
    if (done.wait_for(settings.time_limit) == std::future_status::ready) {
        work.join();
        done.get();
        return report.close();
    }
    const int code = report.close_unfinished(names_of_checks(), settings.time_limit);
    std::cout << std::flush;
    // Whatever still waits for an answer cannot be stopped: it ends with the process.
    std::_Exit(code);
}

}  // namespace mim::main
