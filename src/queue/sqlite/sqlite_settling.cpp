#include "queue/sqlite/sqlite_settling.hpp"

#include "queue/sqlite/sqlite_queue_sql.hpp"

namespace mim::queue {

Error lease_has_ended() {
    return {ErrorCode::lease_lost, "The lease on this job has ended"};
}

Done take_job_out(sqlite::Connection& connection, const app::Lease& lease) {
    MIM_TRY(deleted, connection.run(sql::complete, lease.sync.text(), lease.fence, lease.worker));
    if (deleted > 0) return {};
    MIM_TRY(statement, connection.statement(sql::ended_under_fence, lease.sync.text(), lease.fence));
    MIM_TRY(ended, statement.step());
    if (!ended) return lease_has_ended();
    return {};
}

}  // namespace mim::queue
