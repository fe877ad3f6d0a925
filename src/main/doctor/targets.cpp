#include <algorithm>
#include <atomic>
#include <thread>

#include "app/target_findings.hpp"
#include "base/contained.hpp"
#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "main/target_policy.hpp"
#include "target/examiner.hpp"

namespace mim::main {
namespace {

constexpr std::size_t targets_at_once = 16;

Result<std::vector<app::Database>> all_databases(app::DatabaseStore& store) {
    std::vector<app::Database> all;
    for (int number = 1;; ++number) {
        MIM_TRY(page, store.list({.query = {}, .page = number, .limit = app::max_page_limit}));
        for (auto& database : page.items) all.push_back(std::move(database));
        if (page.items.size() < static_cast<std::size_t>(app::max_page_limit)) return all;
    }
}

}  // namespace

void examine_targets(Report& report, const ServeSettings& settings, app::DatabaseStore& store) {
    const auto databases = all_databases(store);
    if (!databases)
        return report.failure("targets", explain(databases.error()), "see the lines about the store");
    if (databases->empty()) return report.ok("targets", "none is registered yet");
    auto policy = target_policy(settings.targets);
    if (!policy) return report.failure("targets", explain(policy.error()), "mend the setting");
    auto limits = settings.targets.connections.quick;
    limits.policy = std::make_shared<const drivers::mongoc::TargetPolicy>(std::move(*policy));
    constexpr std::size_t megabyte = std::size_t{1024} * 1024;
    limits.most_bytes_of_a_call = settings.targets.call_megabytes * megabyte;
    limits.bytes = std::make_shared<ByteBudget>(settings.targets.all_megabytes * megabyte);
    const auto examiner = target::create_target_examiner(limits);
    std::vector<std::string> subjects;
    for (const auto& database : *databases) subjects.push_back(app::subject_of(database));
    report.begin_each(subjects);
    std::atomic<std::size_t> next{0};
    const auto examine_some = [&] {
        for (std::size_t at = next++; at < databases->size(); at = next++) {
            const auto& database = (*databases)[at];
            const auto examined = contained(
                [&] { return examiner->examine(database, Deadline::after(settings.targets.deadline)); });
            report.add(app::findings_of(database, examined));
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(targets_at_once, databases->size()); ++i)
        threads.emplace_back(examine_some);
    for (auto& thread : threads) thread.join();
}

}  // namespace mim::main
