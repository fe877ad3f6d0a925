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

// What a refusal with one of these speaks of is the index that was wanted, those that are there, or the
// command: all of it is known to whoever reads the sync. Any other may quote a document.
constexpr std::array codes_about_definitions{
    2,    // BadValue
    9,    // FailedToParse
    13,   // Unauthorized
    14,   // TypeMismatch
    20,   // IllegalOperation
    26,   // NamespaceNotFound
    27,   // IndexNotFound
    59,   // CommandNotFound
    67,   // CannotCreateIndex
    68,   // IndexAlreadyExists
    72,   // InvalidOptions
    73,   // InvalidNamespace
    85,   // IndexOptionsConflict
    86,   // IndexKeySpecsConflict
    115,  // CommandNotSupported
    166,  // CommandNotSupportedOnView
    197,  // InvalidIndexSpecificationOption
};

std::string without_values(const ServerReply& reply) {
    const bool quotes_nothing = std::find(codes_about_definitions.begin(), codes_about_definitions.end(),
                                          reply.code) != codes_about_definitions.end();
    if (quotes_nothing) return reply.message;
    std::string_view words = reply.message;
    words = words.substr(0, std::min(words.find(" dup key"), words.find('{')));
    while (!words.empty() && (words.back() == ' ' || words.back() == ':')) words.remove_suffix(1);
    return std::string(words);
}

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
    if (error.server) return {error.server->code, error.server->name, without_values(*error.server)};
    return {0, std::string(to_string(error.code)), error.message};
}

}  // namespace mim::app
