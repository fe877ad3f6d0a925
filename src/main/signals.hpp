// Waiting for what the operator wants. Block the signals before any thread starts, so that every thread
// inherits it.
#pragma once

#include <functional>

namespace mim::main {

// What SIGHUP means: the end, as for any program whose terminal goes, or a wish to read files again.
enum class Hangup { ends, reloads };

class StopSignals {
  public:
    // Blocks SIGTERM and SIGINT, and a SIGHUP that reloads, in this thread and all that it starts; ignores
    // SIGPIPE for the process.
    explicit StopSignals(Hangup hangup = Hangup::ends);
    // Blocks until a signal to stop comes; returns its number. Calls `reload` for every SIGHUP that reloads.
    [[nodiscard]] int wait(const std::function<void()>& reload = {}) const;

  private:
    Hangup hangup_;
};

}  // namespace mim::main
