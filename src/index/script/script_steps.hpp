// One line of a script per step: calls of the functions in script_prelude.hpp.
#pragma once

#include <string>

#include "index/plan/plan.hpp"

namespace mim::index {

// `// reason` on a line of its own.
[[nodiscard]] std::string comment_line(std::string_view text);
[[nodiscard]] std::string create_step(const std::string& collection, const Spec& spec,
                                      const std::optional<Spec>& previous = std::nullopt);
[[nodiscard]] std::string drop_step(const std::string& collection, const Spec& seen);
[[nodiscard]] std::string modify_step(const std::string& collection,
                                      const std::vector<bson::Document>& changes, const Spec& wanted);

// The index of `operation` as listIndexes shows it, or as it was defined where that is not known.
[[nodiscard]] inline const Spec& shown(const Operation& operation) {
    return operation.listed ? *operation.listed : operation.spec;
}

}  // namespace mim::index
