#include "store/mongodb/probe.hpp"

#include <random>

#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

// Below the number of every migration.
std::int64_t number_of_no_migration() {
    std::random_device random;
    return -2 - static_cast<std::int64_t>(random());
}

// By its greeting; a mongos routes to replica sets.
bool is_standalone(bson::DocumentView greeting) {
    Reader reader(greeting);
    return !reader.present("setName") && reader.optional_text("msg") != "isdbgrid";
}

}  // namespace

Done check_transactions(Link& link) {
    MIM_TRY(greeting, link.run_on_admin(fields("isMaster", 1)));
    if (Reader(greeting).flag("isreplicaset"))
        return Error(ErrorCode::store_failed,
                     "the store (MongoDB) is a member of a replica set that is not initiated: "
                     "mongosh --eval 'rs.initiate()'");
    const auto entry = fields("_id", number_of_no_migration());
    const auto ended = link.in_transaction([&](Commands& commands) -> Done {
        MIM_CHECK(commands.insert(names::migrations, {entry}));
        return Error(ErrorCode::cancelled, "This was only to see");
    });
    const bool refused = !ended && ended.error().code == ErrorCode::store_failed;
    if (refused && is_standalone(greeting))
        return Error(ErrorCode::store_failed,
                     "the store (MongoDB) is a standalone server, and the store needs transactions: start "
                     "mongod with --replSet rs, then once: mongosh --eval 'rs.initiate()'");
    if (!ended && ended.error().code != ErrorCode::cancelled) return ended;
    MIM_TRY(left, link.remove(names::migrations, entry, Several::one));
    if (left == 0) return {};
    return Error(ErrorCode::store_failed,
                 "the store (MongoDB) answers transactions, and does not keep to them: use MongoDB 4.4 or "
                 "newer, as a replica set");
}

}  // namespace mim::store::mongodb
