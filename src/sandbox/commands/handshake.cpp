// hello and its elder forms: what a client learns when it connects. The sandbox presents itself as a
// standalone server, which suits direct connections best, as the only member of a replica set when it is told
// to be one, or as a mongos when its seed says so.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/after.hpp"
#include "sandbox/commands/awaited_change.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

struct WireVersion {
    index::ServerVersion since;
    int number;
};

// Source: mongo src/mongo/db/wire_version.h.
constexpr std::array wire_versions{WireVersion{{8, 2}, 27}, WireVersion{{8, 1}, 26}, WireVersion{{8, 0}, 25},
                                   WireVersion{{7, 3}, 24}, WireVersion{{7, 2}, 23}, WireVersion{{7, 1}, 22},
                                   WireVersion{{7, 0}, 21}, WireVersion{{6, 3}, 20}, WireVersion{{6, 2}, 19},
                                   WireVersion{{6, 1}, 18}, WireVersion{{6, 0}, 17}, WireVersion{{5, 3}, 16},
                                   WireVersion{{5, 2}, 15}, WireVersion{{5, 1}, 14}, WireVersion{{5, 0}, 13},
                                   WireVersion{{4, 4}, 9},  WireVersion{{4, 2}, 8},  WireVersion{{4, 0}, 7}};

int wire_version(index::ServerVersion version) {
    for (const auto& each : wire_versions) {
        if (version >= each.since) return each.number;
    }
    return 6;
}

std::string app_name(bson::DocumentView command) {
    const auto client = command.find("client");
    const auto fields = client ? client->document() : std::nullopt;
    const auto application = fields ? fields->find("application") : std::nullopt;
    const auto inner = application ? application->document() : std::nullopt;
    const auto name = inner ? inner->find("name") : std::nullopt;
    return name ? std::string(name->string().value_or("")) : std::string();
}

void add_mechanisms(bson::Builder& reply, const Instance& instance, bson::DocumentView command) {
    const auto asked = command.find("saslSupportedMechs");
    if (!asked || !asked->string() || !instance.scram_keys) return;
    const auto name = catalog::Name::parse(*asked->string());
    if (name && name->collection == instance.scram_keys->user)
        reply.add_array("saslSupportedMechs", bson::Array().add("SCRAM-SHA-256").take());
}

// A client that discovers members comes back to the address that is listened on.
void add_replica_set(bson::Builder& reply, const Instance& instance) {
    const std::string address = instance.address();
    reply.add_array("hosts", bson::Array().add(address).take());
    reply.add("setName", *instance.settings.replica_set).add("setVersion", 1).add("secondary", false);
    reply.add("primary", address).add("me", address);
}

bson::Document state_of(const Instance& instance, const Request& request) {
    bson::Builder reply;
    if (instance.settings.version >= index::ServerVersion{4, 4}) {
        const auto version = bson::Builder()
                                 .add_object_id("processId", instance.process_id)
                                 .add("counter", std::int64_t{0})
                                 .take();
        reply.add("topologyVersion", version);
    }
    reply.add(request.command == "hello" ? "isWritablePrimary" : "ismaster", true);
    if (instance.catalog.deployment() == catalog::Deployment::sharded) {
        reply.add("msg", "isdbgrid");
    } else if (instance.settings.replica_set) {
        add_replica_set(reply, instance);
    }
    if (const auto ok = request.body.find("helloOk"); ok && ok->truthy()) reply.add("helloOk", true);
    reply.add("maxBsonObjectSize", 16 * 1024 * 1024).add("maxMessageSizeBytes", 48'000'000);
    reply.add("maxWriteBatchSize", 100'000);
    reply.add_date("localTime", instance.catalog.now().time_since_epoch().count());
    reply.add("logicalSessionTimeoutMinutes", 30)
        .add("connectionId", static_cast<std::int32_t>(request.client->id));
    reply.add("minWireVersion", 0)
        .add("maxWireVersion", wire_version(instance.settings.version))
        .add("readOnly", false);
    add_mechanisms(reply, instance, request.body);
    return reply.take();
}

void hello(Instance& instance, const std::shared_ptr<const Request>& request, Continue done) {
    if (auto name = app_name(request->body); !name.empty()) request->client->app_name = std::move(name);
    const auto wait = time_to_await_a_change(instance, *request);
    if (!wait) return done(wait.error());
    after(instance, *wait, [&instance, request, done] { done(state_of(instance, *request)); });
}

Reply ping(Instance&, const Request&) {
    return bson::Document();
}

Reply build_info(Instance& instance, const Request&) {
    const auto version = instance.settings.version;
    bson::Builder reply;
    reply.add("version", version.text() + ".0").add("gitVersion", "0000000000000000000000000000000000000000");
    reply.add_array("modules", bson::Document()).add("allocator", "system").add("javascriptEngine", "none");
    reply.add_array("versionArray", bson::Array().add(version.major).add(version.minor).add(0).add(0).take());
    reply.add("bits", 64).add("debug", false).add("maxBsonObjectSize", 16 * 1024 * 1024);
    reply.add_array("storageEngines", bson::Array().add("wiredTiger").take());
    return reply.take();
}

constexpr std::array handshake_commands{
    Command{"hello", &hello, Access::anyone},          Command{"isMaster", &hello, Access::anyone},
    Command{"ismaster", &hello, Access::anyone},       Command{"ping", &ping, Access::anyone},
    Command{"buildInfo", &build_info, Access::anyone}, Command{"buildinfo", &build_info, Access::anyone}};

}  // namespace

Family handshake_family() {
    return handshake_commands;
}

}  // namespace mim::sandbox::commands
