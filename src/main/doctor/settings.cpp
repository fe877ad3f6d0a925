#include "main/doctor/examinations.hpp"
#include "main/setting_checks.hpp"

namespace mim::main {

void examine_settings(Report& report, const ServeSettings& settings, Role role) {
    const auto problems = setting_problems(settings, role);
    for (const auto& problem : problems)
        report.failure("settings", problem.path + ": " + problem.reason,
                       "mim config check shows where it was set");
    if (problems.empty()) report.ok("settings", "they fit together");
}

}  // namespace mim::main
