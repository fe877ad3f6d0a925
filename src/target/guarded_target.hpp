// The target ports again, each call through the breaker of its deployment.
#pragma once

#include <memory>

#include "app/ports/target.hpp"
#include "target/guard.hpp"

namespace mim::target {

[[nodiscard]] std::shared_ptr<app::Target> create_guarded_target(std::shared_ptr<app::Target> target,
                                                                 std::unique_ptr<Guard> guard);
[[nodiscard]] std::shared_ptr<app::TargetCollections> create_guarded_collections(
    std::shared_ptr<app::TargetCollections> collections, std::unique_ptr<Guard> guard);

}  // namespace mim::target
