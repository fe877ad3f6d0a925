// The sandbox's own levers, on `admin`: fail points as MongoDB has them, and what it has not (see the
// README).
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

constexpr std::int64_t longest_millis = 24LL * 60 * 60 * 1000;

Answer<bson::DocumentView> own_argument(const Request& request) {
    MIM_CHECK(admin_only(request));
    const auto value = request.body.find(request.command);
    if (!value || value->type() != bson::Type::document)
        return refuse(server_code::type_mismatch, request.command + " needs a document, as {millis: 5}");
    return *value->document();
}

Answer<std::chrono::milliseconds> millis_of(bson::DocumentView argument) {
    const auto value = argument.find("millis");
    const auto number = value ? value->integer() : std::nullopt;
    if (!number || *number < 0 || *number > longest_millis)
        return refuse(server_code::bad_value, "millis must be a number of milliseconds from 0 to one day");
    return std::chrono::milliseconds(*number);
}

Reply configure_fail_point(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    MIM_TRY(count, instance.fail_point.configure(request.body));
    return bson::Builder().add("count", static_cast<std::int32_t>(count)).take();
}

Reply set_latency(Instance& instance, const Request& request) {
    MIM_TRY(argument, own_argument(request));
    MIM_TRY(millis, millis_of(argument));
    bson::Builder reply;
    reply.add("was", static_cast<std::int64_t>(instance.latency.count()));
    instance.latency = millis;
    return reply.take();
}

Reply set_build_time(Instance& instance, const Request& request) {
    MIM_TRY(argument, own_argument(request));
    MIM_TRY(millis, millis_of(argument));
    const auto name = argument.find("ns");
    if (name && !name->string())
        return refuse(server_code::type_mismatch, "ns must be a string, as \"db.coll\"");
    const std::string full_name(name ? *name->string() : std::string_view{});
    instance.build_times[full_name] = millis;
    instance.builds.set_duration(
        [&](const Build& build) { return full_name.empty() || build.collection.text() == full_name; },
        millis);
    return bson::Document();
}

Reply set_usage(Instance& instance, const Request& request) {
    MIM_TRY(argument, own_argument(request));
    const auto full_name = argument.find("ns"), index_name = argument.find("index");
    const auto operations = argument.find("operations"), since = argument.find("since");
    const auto name =
        full_name && full_name->string() ? catalog::Name::parse(*full_name->string()) : std::nullopt;
    if (!name || !index_name || !index_name->string() || !operations || !operations->integer())
        return refuse(server_code::bad_value, "sandboxSetUsage needs ns, index and operations");
    MIM_TRY(collection, existing(instance, *name));
    auto* entry = collection->find_index(*index_name->string());
    if (entry == nullptr) return refuse(server_code::index_not_found, "no such index");
    entry->operations = *operations->integer();
    if (since && since->type() == bson::Type::date)
        entry->counting_since = Timestamp(std::chrono::milliseconds(bson_iter_date_time(&since->position())));
    return bson::Document();
}

Reply index_history(Instance& instance, const Request& request) {
    MIM_TRY(argument, own_argument(request));
    const auto name = argument.find("ns");
    if (!name || !name->string())
        return refuse(server_code::bad_value, "sandboxIndexHistory needs ns, as \"db.coll\"");
    return instance.history.of(std::string(*name->string()));
}

Reply reset(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    instance.reset();
    return bson::Document();
}

constexpr std::array sandbox_commands{Command{"configureFailPoint", &configure_fail_point},
                                      Command{"sandboxSetLatency", &set_latency},
                                      Command{"sandboxBuild", &set_build_time},
                                      Command{"sandboxSetUsage", &set_usage},
                                      Command{"sandboxIndexHistory", &index_history},
                                      Command{"sandboxReset", &reset}};

}  // namespace

Family sandbox_family() {
    return sandbox_commands;
}

}  // namespace mim::sandbox::commands
