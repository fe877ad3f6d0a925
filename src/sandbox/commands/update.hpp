// What an update makes of one document: replacement, $set, $unset, $inc, $setOnInsert on top-level fields.
#pragma once

#include "sandbox/refusal.hpp"

namespace mim::sandbox::commands {

enum class Occasion { update, upsert };
[[nodiscard]] Answer<bson::Document> updated(bson::DocumentView document, bson::DocumentView change,
                                             Occasion occasion);

}  // namespace mim::sandbox::commands
