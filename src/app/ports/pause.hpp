// Waiting as a dependency, so that no test has to. Thread-safe.
#pragma once

#include <chrono>

#include "app/ports/stop_signal.hpp"

namespace mim::app {

class Pause {
  public:
    virtual ~Pause() = default;
    // Blocks for `span`, less when `stop` asks for an end meanwhile.
    virtual void wait(std::chrono::milliseconds span, const StopSignal& stop) = 0;
};

// Really waits, and looks at `stop` twenty times a second. Lives for the whole process.
[[nodiscard]] Pause& system_pause();

}  // namespace mim::app
