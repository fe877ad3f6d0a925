// Traces, when the settings name an APM server; else nothing: no thread, no queue, no tracer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"
#include "observe/apm/sender.hpp"
#include "trace/tracer.hpp"

namespace mim::main {

// What of these settings cannot work, each under its name. Without a server's URL nothing matters.
[[nodiscard]] std::vector<FieldError> tracing_problems(const ApmSettings& apm);

class Tracing {
  public:
    // `log` must outlive it. The settings have no tracing_problems.
    [[nodiscard]] static Result<std::unique_ptr<Tracing>> create(const ServeSettings& settings, Logger& log);

    // Null when nothing is traced.
    [[nodiscard]] const trace::Tracer* tracer() const { return tracer_.get(); }
    [[nodiscard]] observe::SenderFigures figures() const;
    // Sends what waits, until then at most.
    void close(Deadline deadline);

  private:
    Tracing() = default;
    std::unique_ptr<observe::Sender> sender_;
    std::unique_ptr<trace::Tracer> tracer_;
};

}  // namespace mim::main
