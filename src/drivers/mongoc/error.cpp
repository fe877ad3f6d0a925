#include "drivers/mongoc/error.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "base/server_code.hpp"
#include "drivers/mongoc/privilege.hpp"

namespace mim::drivers::mongoc {
namespace {

constexpr std::chrono::seconds room_again_after{5};

// The bytes of the character that `text` begins with; 0 when it is not UTF-8.
std::size_t utf8_length(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(text.size(), 4); ++length) {
        if (bson_utf8_validate(text.data(), length, true)) return length;
    }
    return 0;
}

// U+0080 to U+009F.
bool is_c1_control(std::string_view character) {
    return character.size() == 2 && static_cast<unsigned char>(character[0]) == 0xc2 &&
           static_cast<unsigned char>(character[1]) < 0xa0;
}

ErrorCode code_of_refusal(int code, Nature nature) {
    switch (code) {
        case server_code::unauthorized:
            return ErrorCode::target_not_authorised;
        case server_code::user_not_found:
        case server_code::authentication_failed:
        case server_code::mechanism_unavailable:
        case server_code::reauthentication_required:
        case server_code::atlas_error:
            return ErrorCode::target_authentication;
        case server_code::max_time_ms_expired:
        case server_code::exceeded_time_limit:
            return ErrorCode::target_timeout;
        case server_code::network_timeout:
        case server_code::shutdown_in_progress:
        case server_code::primary_stepped_down:
        case server_code::network_interface_exceeded_time_limit:
        case server_code::interrupted_at_shutdown:
        case server_code::interrupted_due_to_repl_state_change:
            // A step-down does not end an index build: the next primary may finish it.
            return nature == Nature::write ? ErrorCode::target_outcome_unknown : ErrorCode::target_refused;
        default:
            return ErrorCode::target_refused;
    }
}

// Code 13 is also the answer to somebody who did not say who he is; Atlas answers 8000 to much.
ErrorCode code_of_refusal(const ServerReply& server, Nature nature) {
    const bool anonymous = server.code == server_code::unauthorized &&
                           server.message.find("requires authentication") != std::string::npos;
    if (anonymous) return ErrorCode::target_authentication;
    if (server.code == server_code::atlas_error && names_privilege(server.message))
        return ErrorCode::target_not_authorised;
    return code_of_refusal(server.code, nature);
}

std::string refusal_text(const ServerReply& server, ErrorCode code, const Attempt& attempt) {
    const std::string text(attempt.what);
    if (code == ErrorCode::target_not_authorised) {
        if (const auto privilege = missing_privilege(attempt, server.message); !privilege.empty())
            return text + " needs the privilege " + privilege;
    }
    if (code == ErrorCode::target_authentication && server.code == server_code::unauthorized)
        return text + ": the server wants a user, and the connection string names none";
    return text + ": " + server.message;
}

std::string_view words_for(ErrorCode code) {
    switch (code) {
        case ErrorCode::target_authentication:
            return "the user or the password is refused";
        case ErrorCode::target_timeout:
            return "a host took the connection, but did not answer in time";
        case ErrorCode::target_unreachable:
            return "no host could be reached";
        case ErrorCode::target_refused:
            return "the MongoDB driver does not speak to servers of this version";
        default:
            return "the MongoDB driver failed";
    }
}

// The library's words name the hosts and what ailed each, so they are quoted; what happened is said in ours.
Error quoting(std::string_view words, ErrorCode code, const bson_error_t& error, const Attempt& attempt) {
    std::string text(attempt.what);
    text.append(": ").append(words).append(" (the MongoDB driver: ").append(error.message).append(")");
    return {code, std::move(text)};
}

Error own(ErrorCode code, const bson_error_t& error, const Attempt& attempt) {
    return quoting(words_for(code), code, error, attempt);
}

Failure lost_connection(const bson_error_t& error, const Attempt& attempt) {
    // libmongoc gives one text for a closed and for a silent connection; only the time that passed tells them
    // apart.
    // Its clock may run a little ahead of ours.
    const bool silent =
        attempt.socket_timeout.count() > 0 && attempt.elapsed * 10 >= attempt.socket_timeout * 9;
    const std::string what(attempt.what);
    if (attempt.nature == Nature::write) {
        return {
            Failure::Kind::other,
            Error(ErrorCode::target_outcome_unknown,
                  what + (silent ? ": no answer in time, the outcome is unknown"
                                 : ": the connection broke before the answer came, the outcome is unknown"))};
    }
    if (silent) {
        return {Failure::Kind::other,
                Error(ErrorCode::target_timeout, what + ": the server did not answer within " +
                                                     std::to_string(attempt.elapsed.count()) + " ms")};
    }
    return {Failure::Kind::broken_connection,
            quoting("the connection broke", ErrorCode::target_unreachable, error, attempt)};
}

// "No suitable servers found: `serverSelectionTimeoutMS` expired: [reason of one host] [of the next]": hosts
// that take the connection but never say hello are timeouts, all others are unreachable. The library gives
// all of them one code, so here, and only here, its words decide, where no stream told more. Should a later
// version choose others, every such host is unreachable.
ErrorCode code_of_selection(std::string_view message) {
    const std::string_view reasons = message.substr(std::min(message.find('['), message.size()));
    if (reasons.find("Authentication failed") != std::string_view::npos)
        return ErrorCode::target_authentication;
    const bool timeout = reasons.find("timeout") != std::string_view::npos;
    return timeout ? ErrorCode::target_timeout : ErrorCode::target_unreachable;
}

}  // namespace

Error refusal(bson::DocumentView reply, const Attempt& attempt) {
    ServerReply server;
    if (const auto code = reply.find("code")) server.code = static_cast<int>(code->integer().value_or(0));
    if (const auto name = reply.find("codeName")) server.name = clean(name->string().value_or(""));
    if (const auto message = reply.find("errmsg")) server.message = clean(message->string().value_or(""));
    const ErrorCode code = code_of_refusal(server, attempt.nature);
    std::string text = refusal_text(server, code, attempt);
    return {code, std::move(text), std::move(server)};
}

namespace {

Failure by_domain(const bson_error_t& error, const bson_t* reply, const Attempt& attempt) {
    using Kind = Failure::Kind;
    switch (error.domain) {
        case MONGOC_ERROR_SERVER:
        case MONGOC_ERROR_QUERY:
        case MONGOC_ERROR_WRITE_CONCERN: {
            if (reply != nullptr && bson_has_field(reply, "errmsg")) {
                return {Kind::other, refusal(bson::DocumentView::of(*reply), attempt)};
            }
            ServerReply server{static_cast<int>(error.code), "", clean(error.message)};
            const ErrorCode code = code_of_refusal(server, attempt.nature);
            std::string text = refusal_text(server, code, attempt);
            return {Kind::other, Error(code, std::move(text), std::move(server))};
        }
        case MONGOC_ERROR_SERVER_SELECTION:
            if (error.code == MONGOC_ERROR_SERVER_SELECTION_BAD_WIRE_VERSION) {
                return {Kind::other, own(ErrorCode::target_refused, error, attempt)};
            }
            return {Kind::other, own(code_of_selection(error.message), error, attempt)};
        case MONGOC_ERROR_CLIENT:
            if (error.code == MONGOC_ERROR_CLIENT_AUTHENTICATE ||
                error.code == MONGOC_ERROR_CLIENT_GETNONCE) {
                return {Kind::other, own(ErrorCode::target_authentication, error, attempt)};
            }
            return {Kind::other, own(ErrorCode::target_unreachable, error, attempt)};
        case MONGOC_ERROR_SASL:
        case MONGOC_ERROR_SCRAM:
            return {Kind::other, own(ErrorCode::target_authentication, error, attempt)};
        case MONGOC_ERROR_STREAM:
            if (error.code == MONGOC_ERROR_STREAM_SOCKET) return lost_connection(error, attempt);
            return {Kind::other, own(ErrorCode::target_unreachable, error, attempt)};
        case MONGOC_ERROR_PROTOCOL:
            if (error.code == MONGOC_ERROR_PROTOCOL_BAD_WIRE_VERSION) {
                return {Kind::other, own(ErrorCode::target_refused, error, attempt)};
            }
            return lost_connection(error, attempt);
        default:
            return {Kind::other, own(ErrorCode::internal, error, attempt)};
    }
}

// Members that greet, and none of them takes writes.
bool lacks_a_primary(const Conversation& told) {
    return told.was_greeted() && !told.enough_at();
}

// By what the streams told of each host, which libmongoc knows less well.
Error selection_error(const Conversation& told, const Attempt& attempt) {
    const std::vector<Conversation::Trouble>& troubles = told.troubles();
    ErrorCode code = ErrorCode::target_unreachable;
    std::string reasons;
    for (const auto& trouble : troubles) {
        if (trouble.kind == Conversation::Trouble::Kind::silent) code = ErrorCode::target_timeout;
        reasons.append(reasons.empty() ? " (" : "; ").append("'" + trouble.host + "': " + trouble.what);
    }
    if (!reasons.empty()) reasons += ")";
    const std::string_view words =
        lacks_a_primary(told) ? "members of the replica set answer, and none of them is the primary now"
                              : words_for(code);
    std::string text(attempt.what);
    text.append(": ").append(words).append(reasons);
    return {code, clean(text)};
}

// libmongoc takes every sign-in that came to no end for one that was refused.
Error sign_in_error(const Conversation::Trouble& trouble, const Attempt& attempt) {
    const bool silent = trouble.kind == Conversation::Trouble::Kind::silent;
    return {silent ? ErrorCode::target_timeout : ErrorCode::target_unreachable,
            clean(std::string(attempt.what) + ": '" + trouble.host + "' " + trouble.what)};
}

// A commit that may stand is never called undone, whatever else is said of it.
Failure::Label label_of(const bson_t* reply) {
    if (reply == nullptr) return Failure::Label::none;
    if (mongoc_error_has_label(reply, "UnknownTransactionCommitResult"))
        return Failure::Label::unknown_commit;
    if (mongoc_error_has_label(reply, "TransientTransactionError"))
        return Failure::Label::transient_transaction;
    return Failure::Label::none;
}

bool never_arrived(const Error& error) {
    return error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout;
}

}  // namespace

Failure translate(const bson_error_t& error, const bson_t* reply, const Attempt& attempt) {
    Failure failure = by_domain(error, reply, attempt);
    failure.error.message = clean(failure.error.message);
    failure.label = label_of(reply);
    return failure;
}

Failure translate(const bson_error_t& error, const bson_t* reply, const Attempt& attempt,
                  const Conversation& told) {
    Failure failure = translate(error, reply, attempt);
    if (error.domain == MONGOC_ERROR_SERVER_SELECTION && never_arrived(failure.error) &&
        (!told.troubles().empty() || lacks_a_primary(told)))
        failure.error = selection_error(told, attempt);
    const std::string what(attempt.what);
    if (failure.error.server) return failure;
    if (const auto& breach = told.breach()) {
        const bool sent = attempt.nature == Nature::write && breach->asked == Question::command;
        const std::string text = clean(what + ": " + breach->what);
        if (sent)
            return {Failure::Kind::other, Error(ErrorCode::target_outcome_unknown, text), failure.label};
        if (breach->of == Conversation::Breach::Of::budget)
            return {Failure::Kind::other, Error(ErrorCode::not_ready, text, room_again_after), failure.label};
        return {Failure::Kind::other, Error(ErrorCode::target_refused, text), failure.label};
    }
    if (told.unanswered_sign_in() && failure.error.code == ErrorCode::target_authentication)
        return {Failure::Kind::other, sign_in_error(*told.unanswered_sign_in(), attempt), failure.label};
    if (told.objection() && never_arrived(failure.error))
        return {Failure::Kind::other,
                Error(ErrorCode::target_not_allowed, clean(what + ": " + *told.objection())), failure.label};
    return failure;
}

namespace {

// The first character of `text`, as it may be shown; it is taken away from `text`, which is not empty.
std::string next_shown(std::string_view& text) {
    const std::size_t length = utf8_length(text);
    const std::size_t taken = std::max<std::size_t>(length, 1);
    const auto byte = static_cast<unsigned char>(text.front());
    std::string shown(text.substr(0, taken));
    if (length == 0 || (length == 1 && (byte < 0x20 || byte == 0x7f)) || is_c1_control(shown)) {
        shown.clear();
        for (const char each : text.substr(0, taken)) {
            shown += "\\x";
            ascii::append_hex(shown, each);
        }
    }
    text.remove_prefix(taken);
    return shown;
}

// As much of the end of `text` as has room in `most` bytes.
std::string shown_end(std::string_view text, std::size_t most) {
    const auto continues = [](char each) { return (static_cast<unsigned char>(each) & 0xc0U) == 0x80U; };
    std::string_view rest = text.substr(text.size() - std::min(text.size(), most));
    for (int skipped = 0; skipped < 3 && !rest.empty() && continues(rest.front()); ++skipped)
        rest.remove_prefix(1);
    std::vector<std::string> characters;
    std::size_t size = 0;
    while (!rest.empty()) {
        characters.push_back(next_shown(rest));
        size += characters.back().size();
    }
    auto first = characters.begin();
    while (size > most) size -= (first++)->size();
    return std::accumulate(first, characters.end(), std::string());
}

}  // namespace

std::string clean(std::string_view text) {
    constexpr std::size_t longest = 1024;
    constexpr std::string_view left_out = " \xe2\x80\xa6 ";
    constexpr std::size_t of_the_end = 384;
    constexpr std::size_t of_the_beginning = longest - of_the_end - left_out.size();
    std::string out;
    std::size_t beginning = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string shown = next_shown(rest);
        if (out.size() + shown.size() > longest) {
            out.resize(beginning);
            return out.append(left_out).append(shown_end(text, of_the_end));
        }
        out += shown;
        if (out.size() <= of_the_beginning) beginning = out.size();
    }
    return out;
}

}  // namespace mim::drivers::mongoc
