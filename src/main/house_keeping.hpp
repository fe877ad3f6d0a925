// What nobody needs any more is removed from the store, every hour and once at the start: what has been in
// the trash for longer than it is kept there, and sessions that have run out. And every minute the audit log
// settles what was left without an outcome. Any number of processes may do so.
//
// On threads of its own, for as long as the object lives.
#pragma once

#include "app/audit_log.hpp"
#include "base/log.hpp"
#include "base/recurring_task.hpp"
#include "store/stores.hpp"

namespace mim::main {

class HouseKeeping {
  public:
    HouseKeeping(const store::Stores& stores, app::AuditLog& audit, Logger& log);  // all borrowed

  private:
    void tidy_up();
    void settle();

    const store::Stores& stores_;
    app::AuditLog& audit_;
    Logger& log_;
    // After what they use.
    RecurringTask tidying_;
    RecurringTask settling_;
};

}  // namespace mim::main
