#include "target/feature_version.hpp"
#include "target/live_target.hpp"
#include "target/server_facts.hpp"

namespace mim::target {
namespace {

std::string text_in(const bson::Document& reply, std::string_view field) {
    const auto value = reply.find(field);
    return std::string(value ? value->string().value_or("") : "");
}

std::string topology_of(const bson::Document& hello) {
    if (const std::string set = text_in(hello, "setName"); !set.empty()) return "replica set " + set;
    if (is_router(hello)) return "sharded";
    const bool alone = hello.contains("isWritablePrimary") || hello.contains("ismaster");
    return alone ? "standalone" : "unknown";
}

}  // namespace

Result<app::ServerInfo> probe(const Place& place, Deadline deadline) {
    MIM_TRY(client, place.connection->quick(deadline));
    // First, so that connecting and authenticating are not in the latency.
    MIM_TRY(hello, say_hello(client, deadline));
    // The questions here are about the server; what is meant is the database.
    MIM_CHECK(client.permit(place.database));
    const ServerFacts facts = facts_of(hello.view());
    place.connection->learn(facts);
    const auto asked = std::chrono::steady_clock::now();
    // A server answers it from memory: as good as a ping, and one trip less before every read.
    MIM_TRY(build, client.run(question_to_server("buildInfo"), deadline));
    const auto answered = std::chrono::steady_clock::now();
    MIM_TRY(answer, ask_feature_version(*place.connection, facts, client, deadline));

    app::ServerInfo info;
    info.version_text = text_in(build, "version");
    info.release.binary = index::ServerVersion::parse(info.version_text).value_or(index::ServerVersion{});
    const auto known = with_last_look(answer, place.last_seen, info.release.binary);
    info.release.feature_version = known.version;
    info.feature_version_source = known.source;
    info.topology = topology_of(hello);
    info.latency = std::chrono::duration_cast<std::chrono::milliseconds>(answered - asked);
    return info;
}

}  // namespace mim::target
