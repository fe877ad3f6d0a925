// The one registry of what this process counts, and the Prometheus page that shows it. Who counts something
// registers its families here. No label holds a host, a name or an id. This folder alone knows
// prometheus-cpp. Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace mim::main {

class MetricsPage {
  public:
    MetricsPage() = default;
    MetricsPage(const MetricsPage&) = delete;
    MetricsPage& operator=(const MetricsPage&) = delete;

    [[nodiscard]] prometheus::Registry& registry() { return registry_; }
    // `refresh` brings up to date what is counted elsewhere; one page at a time, so that nothing is raised
    // twice.
    [[nodiscard]] std::string text(const std::function<void()>& refresh);

  private:
    prometheus::Registry registry_;
    std::mutex one_page_;
};

using Counters = prometheus::Family<prometheus::Counter>;
using Gauges = prometheus::Family<prometheus::Gauge>;

// A family of that name, to which series are added by their labels.
[[nodiscard]] Counters& counters(prometheus::Registry& registry, const char* name, const char* help);
[[nodiscard]] Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help);
// The only series of a family.
[[nodiscard]] prometheus::Counter& counter(prometheus::Registry& registry, const char* name,
                                           const char* help);
[[nodiscard]] prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help);

// For what somebody else counts already: a counter never falls.
void raise_to(prometheus::Counter& counter, double figure);

}  // namespace mim::main
