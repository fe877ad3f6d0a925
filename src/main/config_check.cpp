#include <algorithm>
#include <iomanip>
#include <iostream>

#include "main/commands.hpp"
#include "main/setting_checks.hpp"

namespace mim::main {
namespace {

std::size_t longest(const std::vector<EffectiveSetting>& settings, std::string EffectiveSetting::*field) {
    std::size_t most = 0;
    for (const auto& setting : settings) most = std::max(most, (setting.*field).size());
    return most;
}

void show(const std::vector<EffectiveSetting>& settings) {
    const auto name_width = static_cast<int>(longest(settings, &EffectiveSetting::name));
    const auto value_width =
        static_cast<int>(std::min<std::size_t>(longest(settings, &EffectiveSetting::value), 60));
    std::cout << std::left;
    for (const auto& setting : settings) {
        std::cout << std::setw(name_width) << setting.name << " = " << std::setw(value_width) << setting.value
                  << "  # " << setting.source << '\n';
    }
    std::cout << std::flush;
}

}  // namespace

int check_config(const ConfigCheckSettings& settings) {
    show(settings.effective);
    const auto problems = setting_problems(settings.common, settings.of);
    for (const auto& problem : problems)
        std::cerr << "mim: " << problem.path << ": " << problem.reason << '\n';
    return problems.empty() ? 0 : 1;
}

}  // namespace mim::main
