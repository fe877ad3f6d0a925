// How a worker's thread learns that it should not go on. Thread-safe.
#pragma once

namespace mim::app {

// Asked between steps and while a long build runs.
class StopSignal {
  public:
    virtual ~StopSignal() = default;
    [[nodiscard]] virtual bool stop_requested() const = 0;  // the process is shutting down
    [[nodiscard]] virtual bool lease_lost() const = 0;      // the lease could not be kept
};

}  // namespace mim::app
