#include "drivers/mongoc/client.hpp"

#include <algorithm>

#include "base/call_memory.hpp"
#include "bson/builder.hpp"
#include "drivers/mongoc/cursor.hpp"

namespace mim::drivers::mongoc {
namespace {

// libmongoc itself asks a connection that was silent for 5 s how it is, before it sends a command.
constexpr std::chrono::seconds ready_after_an_answer{2};

// Runs `ask` again once when the connection of a question broke: the server may have closed an idle one.
template <class Ask>
auto ask_twice(Nature nature, Deadline deadline, const Ask& ask) {
    auto answer = ask();
    if (answer || nature == Nature::write || deadline.passed()) return answer;
    if (answer.error().kind != Failure::Kind::broken_connection) return answer;
    return ask();
}

template <class T>
Result<T> to_result(Outcome<T> outcome) {
    if (!outcome) return std::move(outcome).error().error;
    return std::move(*outcome);
}

bool is_data_member(const mongoc_server_description_t* server) {
    const std::string_view type = mongoc_server_description_type(server);
    return type == "RSPrimary" || type == "RSSecondary" || type == "Standalone" || type == "Mongos" ||
           type == "LoadBalancer";
}

}  // namespace

Client::~Client() {
    if (!caller_) return;
    caller_->conversation.release_frames();
    pool_->give_back(std::move(caller_));
}

std::chrono::milliseconds Client::patience(Deadline deadline) const {
    return std::min(pool_->settings().socket_timeout, deadline.left());
}

std::optional<Failure> Client::begin(std::string_view what, Deadline deadline) {
    if (deadline.left().count() == 0) return too_late(what);
    if (caller_->state == Caller::State::worn_out) {
        auto made = pool_->make();
        if (!made) return Failure{Failure::Kind::other, std::move(made).error()};
        caller_ = std::move(*made);
    }
    caller_->conversation.begin(deadline);
    return std::nullopt;
}

std::optional<Error> Client::forbidden(std::string_view what, std::string_view database) const {
    const auto& own = pool_->settings().own;
    if (!own || database != own->name) return std::nullopt;
    if (!own->servers->has_any_of(caller_->conversation.identities())) return std::nullopt;
    return Error(ErrorCode::target_not_allowed,
                 std::string(what) + ": the database '" + own->name +
                     "' of this deployment is where mim keeps its own registry; it is no target");
}

Done Client::permit(std::string_view database) const {
    if (auto refused = forbidden("connect", database)) return std::move(*refused);
    return {};
}

Failure Client::failed(const bson_error_t& error, const bson_t* reply, const Attempt& attempt) {
    Failure failure = translate(error, reply, attempt, caller_->conversation);
    pool_->secrets().hide_in(failure.error);
    if (!failure.error.server) caller_->state = Caller::State::worn_out;
    return failure;
}

Outcome<bson::Document> Client::run_once(const Command& command, std::optional<Member> member,
                                         Deadline deadline) {
    const auto server =
        member ? number_of(*member, name_of(command), deadline) : primary(name_of(command), deadline);
    if (!server) return server.error();
    if (auto refused = forbidden(name_of(command), command.database))
        return Failure{Failure::Kind::other, std::move(*refused)};
    if (deadline.left().count() == 0) return too_late(name_of(command));
    const bson::Document body = with_limit(command, deadline);
    const bson_t raw_body = body.view().raw();
    Reply reply;
    bson_error_t error{};
    // Lets a secondary answer when the question is for that very member.
    const ReadPreferenceHandle any(mongoc_read_prefs_new(MONGOC_READ_PRIMARY_PREFERRED));
    const Deadline until(deadline.when() + command.grace);
    caller_->conversation.wait_until(until);
    const auto patient_for = patience(until);
    const auto started = std::chrono::steady_clock::now();
    const bool ok = mongoc_client_command_simple_with_server_id(raw(), command.database.c_str(), &raw_body,
                                                                member ? any.get() : nullptr, *server,
                                                                &reply.raw, &error);
    if (ok && !member) caller_->answered = std::chrono::steady_clock::now();
    if (ok) return bson::Document(bson::DocumentView::of(reply.raw));
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    return failed(error, &reply.raw, attempt_of(command, elapsed, patient_for));
}

Outcome<Documents> Client::drain_once(const Command& command, std::optional<Member> member,
                                      Deadline deadline) {
    const PoolSettings& settings = pool_->settings();
    // Without a budget it is no target: the store of this service.
    drained_ = settings.bytes ? Charge(CallMemory::holding(settings.bytes, settings.most_bytes_of_a_call))
                              : Charge();
    return read_cursor(command, drained_, [&](const Command& each) {
        auto reply = run_once(each, member, deadline);
        // A cursor lives on one server, so all its commands go there.
        if (reply && !member) member = caller_->last_asked;
        return reply;
    });
}

Outcome<std::uint32_t> Client::primary(std::string_view what, Deadline deadline) {
    const Deadline until = deadline.at_most(pool_->settings().server_selection_timeout);
    if (auto failure = begin(what, deadline)) return std::move(*failure);
    for (;;) {
        bson_error_t error{};
        const ServerHandle server(mongoc_client_select_server(raw(), true, nullptr, &error));
        if (server) {
            caller_->last_asked = Member{mongoc_server_description_host(server.get())->host_and_port};
            return mongoc_server_description_id(server.get());
        }
        // Members that greet may be about to elect one: libmongoc looks again after half a second.
        const Conversation& told = caller_->conversation;
        const bool may_be_elected = told.was_greeted() && !told.breach() && !told.objection();
        if (!may_be_elected || until.passed()) return failed(error, nullptr, Attempt{what});
        caller_->conversation.look_again(deadline);
    }
}

Outcome<std::uint32_t> Client::number_of(const Member& member, std::string_view what, Deadline deadline) {
    // A client that was made anew knows nobody yet.
    if (caller_->state == Caller::State::worn_out) {
        if (auto chosen = primary(what, deadline); !chosen) return chosen;
    }
    if (auto failure = begin(what, deadline)) return std::move(*failure);
    const ServerList servers(raw());
    for (std::size_t i = 0; i < servers.count; ++i) {
        if (member.host == mongoc_server_description_host(servers.items[i])->host_and_port)
            return mongoc_server_description_id(servers.items[i]);
    }
    return Failure{Failure::Kind::other,
                   Error(ErrorCode::target_unreachable, std::string(what) + ": '" + member.host +
                                                            "' is no member of the deployment any more")};
}

Result<bson::Document> Client::run(const Command& command, Deadline deadline) {
    return to_result<bson::Document>(
        ask_twice(command.nature, deadline, [&] { return run_once(command, std::nullopt, deadline); }));
}

Result<bson::Document> Client::write(const Command& command, Deadline deadline) {
    const std::string_view what = name_of(command);
    if (auto chosen = primary(what, deadline); !chosen) return std::move(chosen).error().error;
    if (auto refused = forbidden(what, command.database)) return std::move(*refused);
    if (deadline.left().count() == 0) return too_late(what).error;
    const auto concern = bson::Builder().add("w", "majority").add("wtimeout", deadline.left().count()).take();
    const bson::Document options = bson::Builder().add("writeConcern", concern).take();
    const bson_t raw_body = command.body.view().raw();
    const bson_t raw_options = options.view().raw();
    Reply reply;
    bson_error_t error{};
    const auto patient_for = patience(deadline);
    const auto started = std::chrono::steady_clock::now();
    if (mongoc_client_write_command_with_opts(raw(), command.database.c_str(), &raw_body, &raw_options,
                                              &reply.raw, &error)) {
        return bson::Document(bson::DocumentView::of(reply.raw));
    }
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    return failed(error, &reply.raw, Attempt{what, Nature::write, elapsed, patient_for}).error;
}

Result<std::vector<bson::Document>> Client::drain(const Command& command, Deadline deadline) {
    return to_result<Documents>(
        ask_twice(command.nature, deadline, [&] { return drain_once(command, std::nullopt, deadline); }));
}

Result<std::vector<bson::Document>> Client::drain_from(const Member& member, const Command& command,
                                                       Deadline deadline) {
    return to_result<Documents>(
        ask_twice(command.nature, deadline, [&] { return drain_once(command, member, deadline); }));
}

Done Client::make_ready(Deadline deadline) {
    if (std::chrono::steady_clock::now() - ready_after_an_answer < caller_->answered) return {};
    const Command question{"admin", bson::Builder().add("ping", 1).take(), Nature::read, ServerLimit::none};
    MIM_CHECK(run(question, deadline));
    return {};
}

Result<std::vector<Member>> Client::members(Deadline deadline) {
    if (auto chosen = primary("hello", deadline); !chosen) return std::move(chosen).error().error;
    std::vector<Member> found;
    const ServerList servers(raw());
    for (std::size_t i = 0; i < servers.count; ++i) {
        if (is_data_member(servers.items[i]))
            found.push_back({mongoc_server_description_host(servers.items[i])->host_and_port});
    }
    return found;
}

}  // namespace mim::drivers::mongoc
