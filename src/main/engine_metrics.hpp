// What an engine counts of its syncs' operations and its targets, as a part of the Prometheus page. No label
// holds a host, a name or an id. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/ports/target.hpp"

namespace mim::main {

class EngineMetrics {
  public:
    EngineMetrics();
    ~EngineMetrics();
    EngineMetrics(const EngineMetrics&) = delete;
    EngineMetrics& operator=(const EngineMetrics&) = delete;

    // An operation of a sync reached its final state: "create", "completed".
    void on_operation(std::string_view action, std::string_view result);

    [[nodiscard]] std::string page(const app::TargetFigures& targets);

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
