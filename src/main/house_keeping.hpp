// What nobody needs any more is removed from the store, every hour and once at the start: what has been in
// the trash for longer than it is kept there, and sessions that have run out. Any number of processes may do
// so.
//
// On a thread of its own, for as long as the object lives.
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

    const store::Stores& stores_;
    app::AuditLog& audit_;
    Logger& log_;
    RecurringTask task_;  // after what it uses
};

}  // namespace mim::main
