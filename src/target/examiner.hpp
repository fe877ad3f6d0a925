// app::TargetExaminer over a connection of its own for each target, closed afterwards.
#pragma once

#include <memory>

#include "app/ports/target_examiner.hpp"
#include "base/clock.hpp"
#include "drivers/mongoc/target_policy.hpp"

namespace mim::target {

// Connects where `policy` lets it. `clock` must outlive it.
[[nodiscard]] std::unique_ptr<app::TargetExaminer> create_target_examiner(
    std::shared_ptr<const drivers::mongoc::TargetPolicy> policy, const Clock& clock = system_clock());

// The account in the answer to connectionStatus with showPrivileges. Pure.
[[nodiscard]] app::TargetAccount account_in(bson::DocumentView connection_status);

}  // namespace mim::target
