#include "target/usage.hpp"

#include <algorithm>
#include <optional>

#include "bson/builder.hpp"

namespace mim::target {
namespace {

struct Count {
    std::int64_t operations = 0;
    Timestamp since{};
};

std::optional<Count> count_of(bson::DocumentView statistic) {
    const auto holder = statistic.find("accesses");
    const auto accesses = holder ? holder->document() : std::nullopt;
    if (!accesses) return std::nullopt;
    Count count;
    if (const auto operations = accesses->find("ops")) count.operations = operations->integer().value_or(0);
    if (const auto since = accesses->find("since"); since && since->type() == bson::Type::date) {
        count.since = Timestamp(std::chrono::milliseconds(bson_iter_date_time(&since->position())));
    }
    return count;
}

mongoc::Command statistics_command(const Place& place, const std::string& collection) {
    const bson::Document stage = bson::Builder().add("$indexStats", bson::Document()).take();
    return {place.database, bson::Builder()
                                .add("aggregate", collection)
                                .add_array("pipeline", bson::Array().add(stage).take().view())
                                .add("cursor", bson::Document())
                                .take()};
}

}  // namespace

void add_usage(const std::vector<bson::Document>& statistics, std::vector<index::LiveIndex>& indexes) {
    for (const bson::Document& statistic : statistics) {
        const auto name = statistic.find("name");
        const std::string_view wanted = name ? name->string().value_or("") : "";
        const auto found =
            std::find_if(indexes.begin(), indexes.end(),
                         [&](const index::LiveIndex& candidate) { return candidate.spec.name == wanted; });
        const auto count = count_of(statistic.view());
        if (found == indexes.end() || !count) continue;
        if (const auto building = statistic.find("building"); building && building->truthy()) {
            found->state = index::LiveIndex::State::building;
        }
        if (!found->usage) found->usage = index::Usage{};
        found->usage->operations += count->operations;
        found->usage->since = std::max(found->usage->since, count->since);
        ++found->usage->members;
    }
}

Done read_usage(mongoc::Client& client, const std::vector<mongoc::Member>& members, const Place& place,
                index::LiveCollection& collection, Deadline deadline) {
    const mongoc::Command command = statistics_command(place, collection.name);
    int silent = 0;
    for (const mongoc::Member& member : members) {
        const auto statistics = client.drain_from(member, command, deadline);
        if (statistics) {
            add_usage(*statistics, collection.indexes);
        } else if (statistics.error().code == ErrorCode::target_not_authorised) {
            return statistics.error();
        } else {
            ++silent;
        }
    }
    for (index::LiveIndex& index : collection.indexes) {
        if (index.usage) index.usage->silent = silent;
    }
    return {};
}

}  // namespace mim::target
