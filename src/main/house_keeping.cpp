#include "main/house_keeping.hpp"

#include "app/old_trash.hpp"
#include "base/clock.hpp"

namespace mim::main {
namespace {

constexpr std::chrono::hours between_turns{1};
constexpr std::chrono::minutes between_settlements{1};

}  // namespace

HouseKeeping::HouseKeeping(const store::Stores& stores, app::AuditLog& audit, Logger& log)
    : stores_(stores),
      audit_(audit),
      log_(log),
      tidying_(between_turns, RecurringTask::First::at_once, [this] { tidy_up(); }),
      settling_(between_settlements, RecurringTask::First::at_once, [this] { settle(); }) {}

// What fails now is done by the next turn.
void HouseKeeping::tidy_up() {
    const auto purged = app::OldTrash({*stores_.trash, audit_, system_clock()}).purge();
    if (!purged) log_.warning("house_keeping.failed", {{"text", purged.error().message}});
    if (purged && *purged > 0) log_.info("house_keeping.purged", {{"entries", *purged}});
    const auto forgotten = stores_.token_families->forget_expired(system_clock().now());
    if (!forgotten) log_.warning("house_keeping.failed", {{"text", forgotten.error().message}});
}

void HouseKeeping::settle() {
    const Done settled = audit_.settle();
    if (!settled) log_.warning("house_keeping.failed", {{"text", settled.error().message}});
}

}  // namespace mim::main
