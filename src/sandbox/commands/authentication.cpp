// SCRAM-SHA-256 over saslStart and saslContinue, logout, and who is logged in.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

std::string payload_of(const Request& request) {
    const auto value = request.body.find("payload");
    if (!value) return {};
    if (const auto text = value->string()) return std::string(*text);
    if (value->type() != bson::Type::binary) return {};
    bson_subtype_t subtype{};
    std::uint32_t length = 0;
    const std::uint8_t* bytes = nullptr;
    bson_iter_binary(&value->position(), &subtype, &length, &bytes);
    return {reinterpret_cast<const char*>(bytes), length};
}

enum class Stage { open, done };

bson::Document sasl_reply(Stage stage, const std::string& payload) {
    bson_t* raw = bson_new();
    BSON_APPEND_INT32(raw, "conversationId", 1);
    BSON_APPEND_BOOL(raw, "done", stage == Stage::done);
    BSON_APPEND_BINARY(raw, "payload", BSON_SUBTYPE_BINARY,
                       reinterpret_cast<const std::uint8_t*>(payload.data()),
                       static_cast<std::uint32_t>(payload.size()));
    bson::Document reply{bson::DocumentView::of(*raw)};
    bson_destroy(raw);
    return reply;
}

Refusal failed() {
    return refuse(server_code::authentication_failed, "Authentication failed.");
}

Reply sasl_start(Instance& instance, const Request& request) {
    MIM_TRY(mechanism, Arguments(request).text("mechanism"));
    if (!instance.scram_keys || mechanism != "SCRAM-SHA-256") return failed();
    MIM_TRY(conversation, ScramConversation::begin(*instance.scram_keys, payload_of(request)));
    request.client->conversation = conversation;
    return sasl_reply(Stage::open, conversation.server_first());
}

Reply sasl_continue(Instance& instance, const Request& request) {
    auto& client = *request.client;
    if (!instance.scram_keys || !client.conversation) {
        // A client that does not skip the empty exchange asks once more after it is logged in.
        if (client.authenticated) return sasl_reply(Stage::done, {});
        return refuse(17, "No SASL session state found");
    }
    const auto conversation = *client.conversation;
    client.conversation.reset();
    MIM_TRY(signature, conversation.finish(*instance.scram_keys, payload_of(request)));
    client.authenticated = true;
    return sasl_reply(Stage::done, signature);
}

Reply logout(Instance&, const Request& request) {
    request.client->authenticated = false;
    return bson::Document();
}

Reply connection_status(Instance& instance, const Request& request) {
    bson::Array users, roles;
    if (request.client->authenticated && instance.scram_keys) {
        users.add(bson::Builder().add("user", instance.scram_keys->user).add("db", "admin").take());
        roles.add(bson::Builder().add("role", "root").add("db", "admin").take());
    }
    bson::Builder info;
    info.add_array("authenticatedUsers", users.take()).add_array("authenticatedUserRoles", roles.take());
    MIM_TRY(with_privileges, Arguments(request).flag("showPrivileges"));
    if (with_privileges) info.add_array("authenticatedUserPrivileges", bson::Document());
    return bson::Builder().add("authInfo", info.take()).take();
}

constexpr std::array authentication_commands{Command{"saslStart", &sasl_start, Access::anyone},
                                             Command{"saslContinue", &sasl_continue, Access::anyone},
                                             Command{"logout", &logout, Access::anyone},
                                             Command{"connectionStatus", &connection_status, Access::anyone}};

}  // namespace

Family authentication_family() {
    return authentication_commands;
}

}  // namespace mim::sandbox::commands
