// What the failure of a step means for the transaction that it belongs to. Pure.
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
// On one document of a write that the server refused by this code.
[[nodiscard]] Verdict verdict_on_write(int code);

}  // namespace mim::store::mongodb
