// currentOp and killOp.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/running_operations.hpp"
#include "sandbox/query/filter.hpp"

namespace mim::sandbox::commands {
namespace {

// Every further field of the command is a condition on the operations.
Answer<query::Filter> conditions(const Request& request) {
    bson::Builder filter;
    for (const auto field : request.body) {
        const auto name = field.key();
        const bool own =
            name == request.command || name == "$all" || name == "$ownOps" || name == "$truncateOps";
        if (!own && !is_generic_field(name)) filter.add(name, field);
    }
    return query::Filter::parse(filter.take());
}

Reply current_op(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    MIM_TRY(filter, conditions(request));
    bson::Array operations;
    MIM_TRY(all, Arguments(request).flag("$all"));
    const auto wanted = all ? Operations::idle_too : Operations::active;
    for (const auto& operation : running_operations(instance, request, wanted)) {
        if (filter.matches(operation)) operations.add(operation);
    }
    return bson::Builder().add_array("inprog", operations.take()).take();
}

Reply kill_op(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    const Arguments arguments(request);
    MIM_TRY(id, arguments.integer("op"));
    if (!id) return arguments.missing("op");
    instance.builds.end(
        [&](const Build& build) {
            return build.worker_operation_id == *id || build.request->operation_id == *id;
        },
        refuse(server_code::interrupted, "operation was interrupted"));
    return bson::Builder().add("info", "attempting to kill op").take();
}

constexpr std::array operation_commands{Command{"currentOp", &current_op}, Command{"killOp", &kill_op}};

}  // namespace

Family operation_family() {
    return operation_commands;
}

}  // namespace mim::sandbox::commands
