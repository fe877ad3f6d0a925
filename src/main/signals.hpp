// Waiting for the wish to stop. Block the signals before any thread starts, so that every thread inherits it.
#pragma once

namespace mim::main {

class StopSignals {
  public:
    // Blocks SIGTERM and SIGINT in this thread and all that it starts; ignores SIGPIPE for the process.
    StopSignals();
    // Blocks until one of them comes; returns its number.
    [[nodiscard]] int wait() const;
};

}  // namespace mim::main
