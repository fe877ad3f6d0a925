// What the failure of a command means for the change that it belongs to. Pure.
#pragma once

#include "drivers/mongoc/error.hpp"

namespace mim::store::mongodb {

enum class Verdict {
    refused,  // the same would be answered again: whoever asked is told
    undone,   // nothing of it stands, and the whole may be done again
    unknown,  // it may stand
};

// Before the commit was asked for, so that nothing can stand: never `unknown`.
[[nodiscard]] Verdict verdict_on_step(const drivers::mongoc::Failure& failure);
[[nodiscard]] Verdict verdict_on_commit(const drivers::mongoc::Failure& failure);
// Of a write by itself: whether it may stand. What no majority has in time may stand, or be rolled back.
[[nodiscard]] bool leaves_open(const Error& error);
// Of a command by itself: whether it was surely not done, by a member that may not do it while another one is
// elected, or that could not answer a question then.
[[nodiscard]] bool may_be_sent_again(const Error& error, drivers::mongoc::Nature nature);
// On one document of a write that the server refused by this code.
[[nodiscard]] Verdict verdict_on_write(int code);

}  // namespace mim::store::mongodb
