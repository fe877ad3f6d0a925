#include "main/counting_progress_store.hpp"

#include "app/sync_run/records.hpp"

namespace mim::main {

Done CountingProgressStore::record(const SyncId& id, app::Fence fence, const app::SyncRecord& record,
                                   Timestamp now) {
    MIM_CHECK(store_.record(id, fence, record, now));
    if (app::is_final(record.status))
        metrics_.on_operation(index::to_string(record.action), app::to_string(record.status));
    return {};
}

}  // namespace mim::main
