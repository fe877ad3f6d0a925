#include "store/sqlite/audit_rows.hpp"

#include "app/model/audit_document.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/audit.hpp"

namespace mim::store {
namespace {

template <class IdType>
std::optional<std::string> id_column(const std::optional<IdType>& id) {
    return id ? std::optional(id->text()) : std::nullopt;
}

}  // namespace

Result<app::AuditEntry> read_audit_entry(const sqlite::Statement& row) {
    MIM_TRY(document, read_document(row, 0));
    auto entry = app::audit_entry_of(document.view());
    if (!entry) return damaged_row("an entry of the audit log");
    return std::move(*entry);
}

Done insert_audit_entry(sqlite::Connection& to, const app::AuditEntry& entry) {
    MIM_TRY(there, to.statement(sql::audit_entry_exists, to_column(entry.id)));
    MIM_TRY(exists, has_row(std::move(there)));
    if (exists) return Error(ErrorCode::already_exists, "The audit log has an entry of this id");
    const auto document = app::to_document(entry);
    MIM_CHECK(to.run(sql::insert_audit_entry, to_column(entry.id), to_column(entry.at), entry.action,
                     app::to_string(entry.outcome), id_column(entry.actor.user), id_column(entry.database),
                     to_column(document)));
    return {};
}

Done insert_audit_intent(sqlite::Connection& to, const app::AuditEntry& intent) {
    const auto document = app::to_document(intent);
    MIM_CHECK(to.run(sql::insert_audit_intent, to_column(intent.id), to_column(intent.began_at),
                     to_column(document)));
    return {};
}

}  // namespace mim::store
