// An entry of the audit log as one BSON document, for every store alike.
#pragma once

#include <optional>

#include "app/model/audit.hpp"
#include "bson/document.hpp"

namespace mim::app {

[[nodiscard]] bson::Document to_document(const AuditEntry& entry);
// None when it was not written by the function above.
[[nodiscard]] std::optional<AuditEntry> audit_entry_of(bson::DocumentView stored);

}  // namespace mim::app
