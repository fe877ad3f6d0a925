#include "target/build_end.hpp"

#include <algorithm>

#include "bson/builder.hpp"
#include "target/build.hpp"
#include "target/listing.hpp"
#include "target/readiness.hpp"
#include "target/shard_replies.hpp"

namespace mim::target {
namespace {

mongoc::Command drop_command(const Place& place, const std::string& collection,
                             const std::vector<std::string>& names) {
    bson::Array listed;
    for (const std::string& name : names) listed.add(name);
    return {place.database,
            bson::Builder().add("dropIndexes", collection).add_array("index", listed.take().view()).take(),
            mongoc::Nature::write};
}

}  // namespace

Result<BuildEnd::Dropped> BuildEnd::drop_unfinished(Deadline deadline) {
    MIM_TRY(client, place_.connection->quick(deadline));
    MIM_TRY(names, unfinished(client, deadline));
    if (names.empty()) return Dropped::no;
    if (signal_.lease_lost()) return lease_has_ended();
    MIM_TRY(reply, client.run(drop_command(place_, request_.collection, names), deadline));
    MIM_CHECK(check_shards(reply.view(), "dropIndexes", place_.connection->secrets));
    return Dropped::yes;
}

Result<std::vector<std::string>> BuildEnd::unfinished(Deadline deadline) {
    MIM_TRY(client, place_.connection->quick(deadline));
    return unfinished(client, deadline);
}

Result<std::vector<std::string>> BuildEnd::unfinished(mongoc::Client& client, Deadline deadline) {
    auto listed = list_indexes(client, place_, request_.collection, deadline);
    std::vector<std::string> names;
    if (!listed && refusal_code(listed.error()) == server_code::namespace_not_found) return names;
    if (!listed) return listed.error();
    MIM_TRY(unknown, mark_unfinished(client, place_, request_.collection, listed->readable, deadline));
    if (unknown)
        return Error(ErrorCode::target_outcome_unknown,
                     "nobody can tell what the server still builds: " + *unknown);
    for (const index::LiveIndex& found : listed->readable) {
        const bool ours = std::any_of(request_.specs.begin(), request_.specs.end(),
                                      [&](const index::Spec& spec) { return spec.name == found.spec.name; });
        if (ours && found.state == index::LiveIndex::State::building) names.push_back(found.spec.name);
    }
    return names;
}

Done end_builds(BuildEnd end, Deadline deadline) {
    MIM_TRY(dropped, end.drop_unfinished(deadline));
    if (dropped == BuildEnd::Dropped::no) return {};
    MIM_TRY(left, end.unfinished(deadline));
    if (left.empty()) return {};
    return Error(ErrorCode::target_outcome_unknown, "the server still builds " + left.front());
}

}  // namespace mim::target
