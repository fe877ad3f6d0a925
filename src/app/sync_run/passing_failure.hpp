// Which failures of a target may be gone at the next try.
#pragma once

#include "base/error.hpp"

namespace mim::app {

// The call may be repeated, provided that repeating it is safe: an election, a lock, a broken connection.
// Source of the codes: mongo src/mongo/base/error_codes.yml (NetworkError, NotPrimaryError, RetriableError).
[[nodiscard]] bool may_pass(const Error& error);

// How the failure is recorded: in the server's words where it answered, else in ours. A refusal
// for want of rights begins with the privilege. Where the server speaks of documents, its words end before
// their values: a record is kept, and read by everybody who may read the sync.
[[nodiscard]] ServerReply reply_of(const Error& error);

}  // namespace mim::app
