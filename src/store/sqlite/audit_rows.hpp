// Entries of the audit log to rows and back.
#pragma once

#include "app/model/audit.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

// Of a row whose only column is the entry.
[[nodiscard]] Result<app::AuditEntry> read_audit_entry(const sqlite::Statement& row);
// already_exists: an entry has its id.
Done insert_audit_entry(sqlite::Connection& to, const app::AuditEntry& entry);
Done insert_audit_intent(sqlite::Connection& to, const app::AuditEntry& intent);

}  // namespace mim::store
