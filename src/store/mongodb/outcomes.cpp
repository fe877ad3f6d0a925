#include "store/mongodb/outcomes.hpp"

#include "base/server_code.hpp"

namespace mim::store::mongodb {
namespace {

using drivers::mongoc::Failure;

bool server_says_it_passes(const Error& error) {
    return error.server && server_code::lasting_of(error.server->code) == Lasting::passes;
}

bool passes_by_itself(const Error& error) {
    if (server_says_it_passes(error)) return true;
    return error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout ||
           error.code == ErrorCode::target_outcome_unknown;
}

}  // namespace

Verdict verdict_on_step(const Failure& failure) {
    const bool again =
        failure.label == Failure::Label::transient_transaction || passes_by_itself(failure.error);
    return again ? Verdict::undone : Verdict::refused;
}

// What both server and driver leave open is not undone: doing it again might do it twice.
Verdict verdict_on_commit(const Failure& failure) {
    if (failure.label == Failure::Label::unknown_commit) return Verdict::unknown;
    if (failure.label == Failure::Label::transient_transaction) return Verdict::undone;
    return passes_by_itself(failure.error) ? Verdict::unknown : Verdict::refused;
}

bool leaves_open(const Error& error) {
    if (error.code == ErrorCode::target_outcome_unknown) return true;
    return error.server && error.server->code == server_code::write_concern_failed;
}

bool may_be_sent_again(const Error& error, drivers::mongoc::Nature nature) {
    if (nature == drivers::mongoc::Nature::read) return server_says_it_passes(error);
    if (!error.server || leaves_open(error)) return false;
    const int code = error.server->code;
    return code == server_code::not_writable_primary || code == server_code::not_writable_primary_of_old ||
           code == server_code::not_primary_no_secondary_ok;
}

Verdict verdict_on_write(int code) {
    return server_code::lasting_of(code) == Lasting::passes ? Verdict::undone : Verdict::refused;
}

}  // namespace mim::store::mongodb
