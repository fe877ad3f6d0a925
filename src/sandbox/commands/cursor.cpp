// getMore and killCursors.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

Reply get_more(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"collection", "batchSize", "term", "lastKnownCommittedOpTime"}));
    const auto id = request.body.find("getMore");
    if (!id || id->type() != bson::Type::int64)
        return refuse(server_code::type_mismatch,
                      "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    MIM_TRY(collection, arguments.text("collection"));
    if (!collection) return arguments.missing("collection");
    MIM_TRY(batch, arguments.integer("batchSize"));
    const auto size = batch.value_or(unlimited_batch);
    return instance.cursors.next(*id->integer(), request.database + "." + *collection,
                                 size == 0 ? unlimited_batch : size);
}

Reply kill_cursors(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_TRY(ids, arguments.array("cursors"));
    if (!ids) return arguments.missing("cursors");
    bson::Array killed, unknown;
    for (const auto id : *ids) {
        const auto number = id.integer().value_or(0);
        (instance.cursors.kill(number) == Cursors::Killed::killed ? killed : unknown).add(number);
    }
    bson::Builder reply;
    reply.add_array("cursorsKilled", killed.take()).add_array("cursorsNotFound", unknown.take());
    reply.add_array("cursorsAlive", bson::Document()).add_array("cursorsUnknown", bson::Document());
    return reply.take();
}

constexpr std::array cursor_commands{Command{"getMore", &get_more}, Command{"killCursors", &kill_cursors}};

}  // namespace

Family cursor_family() {
    return cursor_commands;
}

}  // namespace mim::sandbox::commands
