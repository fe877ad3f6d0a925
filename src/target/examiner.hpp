// app::TargetExaminer over a connection of its own for each target, closed afterwards.
#pragma once

#include <memory>

#include "app/ports/target_examiner.hpp"
#include "base/clock.hpp"
#include "drivers/mongoc/pool.hpp"

namespace mim::target {

// `clock` must outlive it. It connects where the policy of `limits` lets it, under these limits, and under
// the deadline where that is shorter.
[[nodiscard]] std::unique_ptr<app::TargetExaminer> create_target_examiner(
    const drivers::mongoc::PoolSettings& limits, const Clock& clock = system_clock());

// The account in the answer to connectionStatus with showPrivileges. Pure.
[[nodiscard]] app::TargetAccount account_in(bson::DocumentView connection_status);

}  // namespace mim::target
