#include <charconv>

#include "app/target_findings.hpp"
#include "base/clock.hpp"
#include "drivers/redis/client.hpp"
#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "queue/redis/redis_queue.hpp"
#include "queue/redis/server_info.hpp"
#include "queue/sqlite/sqlite_queue.hpp"

namespace mim::main {
namespace {

const std::string subject_queue = "queue";

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void examine_redis_clock(Report& report, redis::Client& client) {
    const auto asked = system_clock().now();
    const auto time = client.run({"TIME"});
    const auto answered = system_clock().now();
    if (!time || time->list.size() != 2) return;
    const auto theirs = std::chrono::seconds(number_of(time->list[0].text)) +
                        std::chrono::milliseconds(number_of(time->list[1].text) / 1'000);
    const auto doubt = (answered - asked) / 2 + std::chrono::milliseconds(1);
    report.add(app::clock_finding("clock of the queue",
                                  theirs - (asked + (answered - asked) / 2).time_since_epoch(),
                                  std::chrono::duration_cast<std::chrono::milliseconds>(doubt)));
}

bool examine_redis(Report& report, redis::Client& client) {
    const auto info = client.run({"INFO"});
    if (!info || info->kind == redis::Reply::Kind::error) {
        report.failure(subject_queue,
                       info ? "the queue's server answers: " + info->text : explain(info.error()),
                       "see that --queue names the right host, and that user and password are right");
        return false;
    }
    const std::string name = queue::name_and_version(info->text);
    report.ok(subject_queue, name + " answers");
    const auto policy = queue::info_value(info->text, "maxmemory_policy");
    if (!policy.empty() && policy != "noeviction") {
        report.warning(
            subject_queue,
            name + " may throw jobs away when its memory is full (maxmemory-policy " + policy + ")",
            "CONFIG SET maxmemory-policy noeviction; until then lost jobs are offered again by the feeder");
    }
    examine_redis_clock(report, client);
    return true;
}

void examine_figures(Report& report, app::JobQueue& queue) {
    const auto figures = queue.figures();
    if (!figures) {
        return report.failure(subject_queue, explain(figures.error()),
                              "let its user run scripts and use the keys that begin with mim:");
    }
    report.ok(subject_queue, std::to_string(figures->waiting) + " jobs wait, " +
                                 std::to_string(figures->leased) + " run, " +
                                 std::to_string(figures->dead_letters) + " were given up");
    if (figures->dead_letters > 0)
        report.warning(subject_queue,
                       std::to_string(figures->dead_letters) + " jobs were given up after many attempts",
                       "look at the syncs that failed, mend the cause and retry them");
}

}  // namespace

void examine_queue(Report& report, const ServeSettings& settings, OpenStore* store) {
    if (settings.queue.empty()) {
        if (store == nullptr || !store->file) return;
        const auto queue = queue::create_sqlite_queue(store->file, system_clock(), {});
        return examine_figures(report, *queue);
    }
    auto address = redis::parse_address(settings.queue);
    if (!address) return;  // a bad setting is told as one
    redis::ClientSettings client_settings{.address = std::move(*address)};
    redis::Client client(client_settings);
    if (!examine_redis(report, client) || store == nullptr) return;
    const auto scripts = std::make_shared<queue::ScriptRunner>(client_settings);
    const auto queue = queue::create_redis_queue(scripts, *store->stores.syncs, {});
    examine_figures(report, *queue);
}

}  // namespace mim::main
