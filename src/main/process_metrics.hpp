// What the process uses and what became of its traces, by the names that Prometheus' own clients give.
// Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "observe/apm/sender.hpp"

namespace mim::main {

class ProcessMetrics {
  public:
    ProcessMetrics();
    ~ProcessMetrics();
    // Its part of the metrics page, as of now. Blocking: reads /proc.
    [[nodiscard]] std::string page(const observe::SenderFigures& traces);

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
