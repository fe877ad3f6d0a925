// Which failures of a target may be gone at the next try.
#pragma once

#include "base/error.hpp"

namespace mim::app {

// The call may be repeated, provided that repeating it is safe: an election, a lock, a broken connection.
// Source of the codes: mongo src/mongo/base/error_codes.yml (NetworkError, NotPrimaryError, RetriableError).
[[nodiscard]] bool may_pass(const Error& error);

// How the failure is recorded: in the server's words where it answered, else in ours. A refusal
// for want of rights begins with the privilege.
[[nodiscard]] ServerReply reply_of(const Error& error);
// Its message without the values of users' documents that MongoDB puts behind "dup key:": for logs and
// summaries.
[[nodiscard]] std::string message_without_values(const ServerReply& reply);

}  // namespace mim::app
