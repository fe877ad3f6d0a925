#include "app/trash.hpp"

#include <algorithm>

#include "app/paging.hpp"

namespace mim::app {
namespace {

Error no_such_entry() {
    return {ErrorCode::not_found, "Resource not found"};
}

Error with_remedy(Error error) {
    for (FieldError& field : error.fields)
        field.reason += ": rename or remove what has it now, then restore again";
    return error;
}

}  // namespace

Result<Page<TrashEntry>> Trash::list(const PageRequest& page, Role as) {
    MIM_TRY(wanted, effective(page));
    return ports_.trash.list(as == Role::admin ? TrashedAccounts::shown : TrashedAccounts::hidden, wanted);
}

Result<TrashEntry> Trash::restore(const TrashId& id, Role as) {
    MIM_TRY(entry, ports_.trash.get(id));
    if (entry.kind == TrashKind::account && as != Role::admin) return no_such_entry();
    const Done restored = ports_.trash.restore(id);
    if (restored) return entry;
    if (restored.error().code == ErrorCode::already_exists) return with_remedy(restored.error());
    if (restored.error().code == ErrorCode::not_found && entry.kind == TrashKind::definitions)
        return without_its_database(entry);
    return restored.error();
}

Result<std::optional<PurgedTrash>> Trash::purge(const TrashId& id) {
    MIM_TRY(entry, ports_.trash.purge(id));
    if (!entry) return std::optional<PurgedTrash>();
    PurgedTrash purged{std::move(*entry), {}};
    if (purged.entry.kind != TrashKind::database) return std::optional(std::move(purged));
    // The database first: when a restore of it was faster, they still have it. Those that an interruption
    // leaves go by their own age.
    MIM_TRY(of_it, all_of(*purged.entry.database));
    for (const TrashEntry& each : of_it) {
        MIM_TRY(gone, ports_.trash.purge(each.id));
        if (gone) purged.along.push_back(std::move(*gone));
    }
    return std::optional(std::move(purged));
}

Result<std::vector<TrashEntry>> Trash::all_of(const DatabaseId& database) {
    std::vector<TrashEntry> found;
    for (PageRequest page{.query = {}, .page = 1, .limit = max_page_limit};; ++page.page) {
        MIM_TRY(part, ports_.trash.list(TrashedAccounts::hidden, page));
        for (const TrashEntry& each : part.items) {
            if (each.database == database) found.push_back(each);
        }
        if (part.items.size() < static_cast<std::size_t>(max_page_limit)) return found;
    }
}

// Why definitions could not be brought back: they need the database that they were of.
Error Trash::without_its_database(const TrashEntry& definitions) {
    const auto of_it = all_of(*definitions.database);
    if (!of_it) return of_it.error();
    const auto is_the_database = [](const TrashEntry& each) { return each.kind == TrashKind::database; };
    const auto database = std::ranges::find_if(*of_it, is_the_database);
    if (database == of_it->end()) return no_such_entry();
    return Error{ErrorCode::not_allowed_in_state,
                 "The database of these definitions is in the trash itself: restore '" + database->name +
                     "' (" + database->id.text() + ") first, then these"};
}

}  // namespace mim::app
