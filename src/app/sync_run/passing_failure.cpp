#include "app/sync_run/passing_failure.hpp"

#include <algorithm>
#include <array>

namespace mim::app {
namespace {

constexpr std::array passing_codes{
    6,      // HostUnreachable
    7,      // HostNotFound
    24,     // LockTimeout
    43,     // CursorNotFound
    46,     // LockBusy
    63,     // StaleShardVersion
    89,     // NetworkTimeout
    91,     // ShutdownInProgress
    112,    // WriteConflict
    117,    // ConflictingOperationInProgress
    133,    // FailedToSatisfyReadPreference
    134,    // ReadConcernMajorityNotAvailableYet
    189,    // PrimarySteppedDown
    262,    // ExceededTimeLimit
    9001,   // SocketException
    10058,  // NotWritablePrimary, of old servers
    10107,  // NotWritablePrimary
    11600,  // InterruptedAtShutdown
    11602,  // InterruptedDueToReplStateChange
    12586,  // BackgroundOperationInProgressForDatabase
    12587,  // BackgroundOperationInProgressForNamespace
    13388,  // StaleConfig
    13435,  // NotPrimaryNoSecondaryOk
    13436,  // NotPrimaryOrSecondary
};

}  // namespace

bool may_pass(const Error& error) {
    switch (error.code) {
        case ErrorCode::target_unreachable:
        case ErrorCode::target_timeout:
        case ErrorCode::target_outcome_unknown:
        case ErrorCode::target_paused:
            return true;
        case ErrorCode::target_refused:
            return error.server && std::find(passing_codes.begin(), passing_codes.end(),
                                             error.server->code) != passing_codes.end();
        default:
            return false;
    }
}

ServerReply reply_of(const Error& error) {
    if (error.server && error.code == ErrorCode::target_not_authorised) {
        // Which privilege is missing, before the words that do not tell it.
        return {error.server->code, error.server->name, error.message + ": " + error.server->message};
    }
    if (error.server) return *error.server;
    return {0, std::string(to_string(error.code)), error.message};
}

std::string message_without_values(const ServerReply& reply) {
    return reply.message.substr(0, reply.message.find(" dup key:"));
}

}  // namespace mim::app
