// Questions about the server itself.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

Reply host_info(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    bson::Builder system, os;
    system.add_date("currentTime", instance.catalog.now().time_since_epoch().count());
    system.add("hostname", instance.address()).add("cpuAddrSize", 64).add("numCores", 1);
    os.add("type", "Linux").add("name", "sandbox").add("version", "0");
    return bson::Builder()
        .add("system", system.take())
        .add("os", os.take())
        .add("extra", bson::Document())
        .take();
}

Reply whats_my_uri(Instance&, const Request& request) {
    return bson::Builder().add("you", request.client->address).take();
}

Reply command_line(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    const auto net =
        bson::Builder().add("bindIp", instance.settings.host).add("port", std::int32_t{instance.port}).take();
    return bson::Builder()
        .add_array("argv", bson::Array().add("mongod").take())
        .add("parsed", bson::Builder().add("net", net).take())
        .take();
}

// The two that clients ask for; everything else is unknown, as an unknown parameter is to a real server. A
// mongos has no feature compatibility version.
Reply get_parameter(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    const bool is_mongos = instance.catalog.deployment() == catalog::Deployment::sharded;
    bson::Builder reply;
    for (const auto field : request.body) {
        if (field.key() == "featureCompatibilityVersion" && !is_mongos)
            reply.add(field.key(), bson::Builder().add("version", instance.catalog.version().text()).take());
        if (field.key() == "authenticationMechanisms")
            reply.add_array(field.key(), bson::Array().add("SCRAM-SHA-256").take());
    }
    auto found = reply.take();
    if (found.empty()) return refuse(server_code::invalid_options, "no option found to get");
    return found;
}

Reply get_log(Instance&, const Request& request) {
    MIM_CHECK(admin_only(request));
    const auto name = request.body.find("getLog")->string();
    if (!name) return refuse(server_code::type_mismatch, "Argument to getLog must be of type String");
    if (*name == "*")
        return bson::Builder()
            .add_array("names", bson::Array().add("global").add("startupWarnings").take())
            .take();
    if (*name != "global" && *name != "startupWarnings")
        return refuse(96, "No log named '" + std::string(*name) + "'");
    return bson::Builder().add("totalLinesWritten", 0).add_array("log", bson::Document()).take();
}

std::chrono::seconds uptime(const Instance& instance) {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() -
                                                            instance.started);
}

Reply server_status(Instance& instance, const Request&) {
    bson::Builder counters;
    for (const auto& [name, count] : instance.command_counts)
        counters.add(name, bson::Builder().add("failed", std::int64_t{0}).add("total", count).take());
    bson::Builder reply;
    reply.add("host", instance.address()).add("version", instance.settings.version.text() + ".0");
    reply.add("process", "mongod").add("pid", std::int64_t{0});
    reply.add("uptime", static_cast<double>(uptime(instance).count()));
    reply.add_date("localTime", instance.catalog.now().time_since_epoch().count());
    reply.add("connections", bson::Builder()
                                 .add("current", *instance.open_connections)
                                 .add("totalCreated", instance.last_connection_id)
                                 .take());
    reply.add("storageEngine", bson::Builder().add("name", "wiredTiger").add("persistent", false).take());
    reply.add("metrics", bson::Builder().add("commands", counters.take()).take());
    return reply.take();
}

constexpr std::array server_commands{Command{"hostInfo", &host_info},
                                     Command{"whatsmyuri", &whats_my_uri, Access::anyone},
                                     Command{"getCmdLineOpts", &command_line},
                                     Command{"getParameter", &get_parameter},
                                     Command{"getLog", &get_log},
                                     Command{"serverStatus", &server_status}};

}  // namespace

Family server_family() {
    return server_commands;
}

}  // namespace mim::sandbox::commands
