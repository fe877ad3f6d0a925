#include "store/mongodb/audit_documents.hpp"

#include "app/model/audit_document.hpp"

namespace mim::store::mongodb {

Result<app::AuditEntry> read_audit_entry(bson::DocumentView document) {
    Reader reader(document);
    const bson::Document packed = reader.packed("entry");
    MIM_CHECK(reader.whole("an entry of the audit log"));
    auto entry = app::audit_entry_of(packed.view());
    if (!entry) return Error(ErrorCode::store_failed, "the store holds a damaged entry of the audit log");
    return std::move(*entry);
}

bson::Document entry_document(const app::AuditEntry& entry) {
    const bson::Document whole = app::to_document(entry);
    return fields("_id", entry.id, "at", entry.at, "action", entry.action, "outcome",
                  app::to_string(entry.outcome), "user", entry.actor.user, "database", entry.database,
                  "entry", Packed{whole});
}

bson::Document intent_document(const app::AuditEntry& intent) {
    const bson::Document whole = app::to_document(intent);
    return fields("_id", intent.id, "began_at", intent.began_at, "entry", Packed{whole});
}

}  // namespace mim::store::mongodb
