// What the process uses and what became of its traces, by the names that Prometheus' own clients give.
// Thread-safe.
#pragma once

#include <memory>

#include "observe/apm/sender.hpp"

namespace prometheus {
class Registry;
}  // namespace prometheus

namespace mim::main {

class ProcessMetrics {
  public:
    explicit ProcessMetrics(prometheus::Registry& registry);
    ~ProcessMetrics();
    // As of now, from one thread at a time. Blocking: reads /proc.
    void read(const observe::SenderFigures& traces);

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
