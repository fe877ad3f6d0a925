#include "target/server_facts.hpp"

#include "bson/builder.hpp"
#include "target/listing.hpp"

namespace mim::target {

mongoc::Command question_to_server(const char* name) {
    return {"admin", bson::Builder().add(name, 1).take(), mongoc::Nature::read, mongoc::ServerLimit::none};
}

Result<bson::Document> say_hello(mongoc::Client& client, Deadline deadline) {
    auto reply = client.run(question_to_server("hello"), deadline);
    if (!reply && refusal_code(reply.error()) == server_code::command_not_found)
        return client.run(question_to_server("isMaster"), deadline);
    return reply;
}

bool is_router(bson::DocumentView hello) {
    const auto message = hello.find("msg");
    return message && message->string() == "isdbgrid";
}

ServerFacts facts_of(bson::DocumentView hello) {
    const auto wire_version = hello.find("maxWireVersion");
    ServerFacts facts;
    if (hello.contains("setName")) facts.role = ServerFacts::Role::member;
    if (is_router(hello)) facts.role = ServerFacts::Role::router;
    facts.wire_version = wire_version ? wire_version->integer().value_or(0) : 0;
    return facts;
}

Result<ServerFacts> facts_about(Connection& connection, mongoc::Client& client, Deadline deadline) {
    if (const auto known = connection.facts()) return *known;
    const auto hello = say_hello(client, deadline);
    if (!hello && hello.error().code == ErrorCode::target_refused) return ServerFacts{};
    if (!hello) return hello.error();
    const ServerFacts facts = facts_of(hello->view());
    connection.learn(facts);
    return facts;
}

}  // namespace mim::target
