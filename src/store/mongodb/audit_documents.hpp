// One entry of the audit log to its document and back.
#pragma once

#include "app/model/audit.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

// Beside what is searched for, `entry` holds all of it.
[[nodiscard]] Result<app::AuditEntry> read_audit_entry(bson::DocumentView document);
[[nodiscard]] bson::Document entry_document(const app::AuditEntry& entry);
[[nodiscard]] bson::Document intent_document(const app::AuditEntry& intent);

}  // namespace mim::store::mongodb
