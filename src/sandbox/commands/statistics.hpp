// Sizes and counts of a collection. An index has no bytes of its own here: its size is estimated from the
// documents.
#pragma once

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {

[[nodiscard]] bson::Document storage_statistics(const Instance& instance, const catalog::Name& name,
                                                const catalog::Collection& collection);

}  // namespace mim::sandbox::commands
