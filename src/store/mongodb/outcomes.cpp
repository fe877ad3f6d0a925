#include "store/mongodb/outcomes.hpp"

#include "base/server_code.hpp"

namespace mim::store::mongodb {
namespace {

using drivers::mongoc::Failure;

bool passes_by_itself(const Error& error) {
    if (error.server && server_code::lasting_of(error.server->code) == Lasting::passes) return true;
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

Verdict verdict_on_write(int code) {
    return server_code::lasting_of(code) == Lasting::passes ? Verdict::undone : Verdict::refused;
}

}  // namespace mim::store::mongodb
