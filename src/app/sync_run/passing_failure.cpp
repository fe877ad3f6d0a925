#include "app/sync_run/passing_failure.hpp"

#include <algorithm>

#include "base/server_code.hpp"

namespace mim::app {
namespace {

// MongoDB changes indexes on the primary alone.
bool asked_another_member(int code) {
    return code == server_code::not_writable_primary || code == server_code::not_writable_primary_of_old ||
           code == server_code::not_primary_no_secondary_ok || code == server_code::not_primary_or_secondary;
}

std::string without_values(const ServerReply& reply) {
    if (server_code::words_of(reply.code) == server_code::Words::about_definitions) return reply.message;
    std::string_view words = reply.message;
    words = words.substr(0, std::min(words.find(" dup key"), words.find('{')));
    while (!words.empty() && (words.back() == ' ' || words.back() == ':')) words.remove_suffix(1);
    return std::string(words);
}

}  // namespace

bool may_pass(const Error& error) {
    // What all calls hold of targets' answers may leave no room for a moment.
    if (error.code == ErrorCode::not_ready || passes(error.code, Kind::target)) return true;
    if (facts_of(error.code).lasting != Lasting::server_tells) return false;
    return error.server && server_code::lasting_of(error.server->code) == Lasting::passes;
}

ServerReply reply_of(const Error& error) {
    if (error.server && error.code == ErrorCode::target_not_authorised) {
        // Which privilege is missing, before the words that do not tell it.
        return {error.server->code, error.server->name, error.message + ": " + error.server->message};
    }
    if (error.server && asked_another_member(error.server->code)) {
        return {error.server->code, error.server->name,
                "the member that was asked is not the primary now. A connection string with "
                "directConnection=true, or with one host and no replicaSet, leads to that member alone: name "
                "all members, or the primary. The server says: " +
                    error.server->message};
    }
    if (error.server) return {error.server->code, error.server->name, without_values(*error.server)};
    return {0, std::string(to_string(error.code)), error.message};
}

}  // namespace mim::app
