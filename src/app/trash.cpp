#include "app/trash.hpp"

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
    return restored.error();
}

Result<std::optional<TrashEntry>> Trash::purge(const TrashId& id) {
    return ports_.trash.purge(id);
}

Result<std::int64_t> Trash::purge_old() {
    return ports_.trash.purge_before(ports_.clock.now() - kept_for);
}

}  // namespace mim::app
