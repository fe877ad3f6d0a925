// How long the calls to the store, the queue and the targets took. Thread-safe.
#pragma once

#include <memory>

#include "observe/ports/calls.hpp"

namespace prometheus {
class Counter;
class Histogram;
class Registry;
}  // namespace prometheus

namespace mim::main {

class CallMetrics final : public observe::CallObserver {
  public:
    explicit CallMetrics(prometheus::Registry& registry);
    ~CallMetrics() override;
    void on_call(const observe::CallName& call, trace::Outcome outcome,
                 std::chrono::microseconds took) override;

  private:
    struct Families;
    struct Series {
        prometheus::Histogram* seconds;
        prometheus::Counter* faults;
    };
    [[nodiscard]] Series series_of(const observe::CallName& call);
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
