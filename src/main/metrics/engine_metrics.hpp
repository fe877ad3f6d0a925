// What an engine counts of its syncs' operations and its targets. Thread-safe.
#pragma once

#include <memory>
#include <string_view>

#include "app/ports/target.hpp"

namespace prometheus {
class Registry;
}  // namespace prometheus

namespace mim::main {

class EngineMetrics {
  public:
    explicit EngineMetrics(prometheus::Registry& registry);
    ~EngineMetrics();
    EngineMetrics(const EngineMetrics&) = delete;
    EngineMetrics& operator=(const EngineMetrics&) = delete;

    // An operation of a sync reached its final state: "create", "completed".
    void on_operation(std::string_view action, std::string_view result);

    // From one thread at a time.
    void read(const app::TargetFigures& targets);

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
