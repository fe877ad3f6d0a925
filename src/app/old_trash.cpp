#include "app/old_trash.hpp"

#include "app/paging.hpp"
#include "app/trash.hpp"
#include "bson/builder.hpp"
#include "bson/json.hpp"

namespace mim::app {
namespace {

// As the API shows an entry of the trash.
std::string audited_text_of(const TrashEntry& old) {
    bson::Builder into;
    into.add("id", old.id.text()).add("kind", to_string(old.kind)).add("name", old.name);
    if (old.database) into.add("database_id", old.database->text());
    into.add("definitions", old.definitions).add("deleted_at", to_rfc3339(old.deleted_at));
    into.add("deleted_by", old.deleted_by.text());
    return bson::to_json(into.take(), bson::JsonForm::relaxed);
}

// Its id is that of what goes: so of many processes one tells.
AuditEntry audited_purge_of(const TrashEntry& old) {
    AuditEntry entry{.action = "trash.purge"};
    entry.id = AuditEntryId::parse(old.id.text()).value_or(entry.id);
    entry.database = old.database;
    entry.subject = old.id.text();
    entry.before = audited_text_of(old);
    return entry;
}

}  // namespace

Result<std::int64_t> OldTrash::purge() {
    const Timestamp kept_since = ports_.clock.now() - Trash::kept_for;
    MIM_TRY(old, older_than(kept_since));
    std::vector<AuditEntry> entries;
    for (const TrashEntry& each : old) {
        entries.push_back(audited_purge_of(each));
        MIM_CHECK(announce(entries.back()));
    }
    MIM_TRY(purged, ports_.trash.purge_before(kept_since));
    for (AuditEntry& entry : entries) {
        entry.outcome = AuditOutcome::done;
        MIM_CHECK(ports_.audit.complete_once(entry));
    }
    return purged;
}

// Another process may have done so already.
Done OldTrash::announce(AuditEntry& entry) {
    Done begun = ports_.audit.begin(entry);
    if (!begun && begun.error().code == ErrorCode::already_exists) return {};
    return begun;
}

Result<std::vector<TrashEntry>> OldTrash::older_than(Timestamp time) {
    std::vector<TrashEntry> old;
    for (PageRequest page{.query = {}, .page = 1, .limit = max_page_limit};; ++page.page) {
        MIM_TRY(found, ports_.trash.list(TrashedAccounts::shown, page));
        for (const TrashEntry& each : found.items) {
            if (each.deleted_at < time) old.push_back(each);
        }
        if (found.items.size() < static_cast<std::size_t>(max_page_limit)) return old;
    }
}

}  // namespace mim::app
