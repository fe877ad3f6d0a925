#include "sandbox/dispatcher.hpp"

#include "bson/builder.hpp"
#include "sandbox/after.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/write_concern.hpp"

namespace mim::sandbox {
namespace {

using commands::Access;
using commands::Command;
using commands::Reply;

bson::Document reply_document(const Reply& reply, const std::optional<bson::Document>& write_concern_error) {
    if (!reply) return reply.error().reply();
    bson::Builder document;
    document.add_all(*reply);
    if (write_concern_error) document.add("writeConcernError", *write_concern_error);
    if (!reply->contains("ok")) document.add("ok", 1.0);
    return document.take();
}

Target target_of(const Request& request) {
    const auto value = request.body.find(request.command);
    auto collection = value ? value->string() : std::nullopt;
    if (request.command == "getMore") {
        const auto field = request.body.find("collection");
        collection = field ? field->string() : std::nullopt;
    }
    return {request.command, request.client->app_name,
            request.database + "." + std::string(collection.value_or("$cmd")), request.database};
}

bool is_handshake(std::string_view command) {
    return command == "hello" || command == "isMaster" || command == "ismaster";
}

// Why this client may not run this command now.
Accepted admit(Instance& instance, const Request& request, const Command* command) {
    if (command == nullptr)
        return refuse(server_code::command_not_found, "no such command: '" + request.command + "'");
    if (request.handshake == Handshake::legacy && !is_handshake(request.command))
        return refuse(352, "Unsupported OP_QUERY command: " + request.command +
                               ". The client driver may require an upgrade.");
    if (const auto bad = index::check_database_name(request.database)) return refuse(*bad);
    if (instance.scram_keys && command->access == Access::authenticated && !request.client->authenticated)
        return refuse(server_code::unauthorized, "Command " + request.command + " requires authentication");
    return check_write_concern(instance, request);
}

void run(Instance& instance, const Command& command, const std::shared_ptr<const Request>& request,
         commands::Continue done) {
    if (const auto* immediate = std::get_if<commands::Handler>(&command.handler)) {
        done((*immediate)(instance, *request));
    } else {
        std::get<commands::PatientHandler>(command.handler)(instance, request, std::move(done));
    }
}

void run_sabotaged(Instance& instance, const Command& command, const std::shared_ptr<Request>& request,
                   const std::optional<Sabotage>& sabotage, const Answered& answered) {
    if (sabotage && sabotage->connection == Sabotage::Connection::close) return answered(std::nullopt);
    if (sabotage && sabotage->refusal) return answered(sabotage->refusal->reply());
    const auto error = sabotage ? sabotage->write_concern_error : std::nullopt;
    run(instance, command, request,
        [answered, error](const Reply& reply) { answered(reply_document(reply, error)); });
}

Answered with_latency(Instance& instance, Answered answered) {
    return [&instance, answered = std::move(answered)](std::optional<bson::Document> reply) {
        if (instance.latency.count() <= 0) return answered(std::move(reply));
        after(instance, instance.latency, [answered, reply = std::move(reply)] { answered(reply); });
    };
}

}  // namespace

void dispatch(Instance& instance, std::shared_ptr<Request> request, Answered answered) {
    request->operation_id = ++instance.last_operation_id;
    request->version = instance.settings.version;
    const auto late = with_latency(instance, std::move(answered));
    const Command* command = commands::find_command(request->command);
    if (const auto admitted = admit(instance, *request, command); !admitted)
        return late(admitted.error().reply());
    ++instance.command_counts[request->command];
    const auto sabotage = instance.fail_point.meet(target_of(*request));
    const auto delay = sabotage ? sabotage->block : std::chrono::milliseconds{0};
    after(instance, delay, [&instance, command, request = std::move(request), sabotage, late] {
        run_sabotaged(instance, *command, request, sabotage, late);
    });
}

}  // namespace mim::sandbox
