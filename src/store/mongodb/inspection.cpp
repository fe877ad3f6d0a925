#include "store/mongodb/inspection.hpp"

#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"
#include "store/mongodb/migrations.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/probe.hpp"

namespace mim::store {
namespace mongodb {
namespace {

constexpr std::int64_t no_migration = -1;

// By its clock as of the middle of the question.
Done read_clock(Link& link, const Clock& clock, DeploymentState& state) {
    const auto asked = clock.now();
    MIM_TRY(hello, link.run_on_admin(fields("isMaster", 1)));
    const auto answered = clock.now();
    const auto theirs = Reader(hello).optional_time("localTime");
    if (!theirs) return {};
    state.clock_doubt = std::chrono::duration_cast<std::chrono::milliseconds>((answered - asked) / 2) +
                        std::chrono::milliseconds(1);
    state.clock_ahead = *theirs - (asked + (answered - asked) / 2);
    return {};
}

Done try_to_write(Link& link) {
    MIM_CHECK(link.update(names::migrations, fields("_id", no_migration), setting("name", "none")));
    return {};
}

}  // namespace
}  // namespace mongodb

std::int64_t known_mongodb_version() {
    return mongodb::all_migrations().back().version;
}

Result<DeploymentState> inspect_mongodb(const MongoDeployment& deployment, const Clock& clock) {
    drivers::mongoc::PoolSettings settings;
    settings.most_clients = 1;
    settings.server_selection_timeout = deployment.server_selection;
    settings.connect_timeout = deployment.server_selection;
    settings.socket_timeout = deployment.patience;
    settings.application_name = "mim doctor";
    MIM_TRY(link, mongodb::Link::open(deployment.uri, settings, deployment.patience));
    DeploymentState state;
    // First, so that connecting is not in the time of the clock's question.
    MIM_TRY(build, link->run_on_admin(mongodb::fields("buildInfo", 1)));
    state.server_version = mongodb::Reader(build).optional_text("version").value_or("");
    MIM_CHECK(mongodb::read_clock(*link, clock, state));
    MIM_TRY(version, mongodb::version_of(*link));
    state.version = version;
    state.writable = mongodb::try_to_write(*link);
    if (state.writable) state.transactions = mongodb::check_transactions(*link);
    return state;
}

}  // namespace mim::store
