// Accounts that are gone, as the audit log remembers them. Thread-safe; blocking. Errors: those of the store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ports/audit_store.hpp"

namespace mim::app {

class RememberedAccounts {
  public:
    explicit RememberedAccounts(AuditStore& entries) : entries_(entries) {}  // borrowed

    // Those that had this username or email, in any case of its letters, when they were deleted. A name may
    // have been several accounts' one after the other.
    Result<std::vector<UserId>> called(std::string_view identity);
    // Empty: the log does not tell.
    Result<std::string> username_of(const UserId& id);

  private:
    AuditStore& entries_;
};

}  // namespace mim::app
