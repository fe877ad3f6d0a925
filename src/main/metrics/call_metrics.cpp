#include "main/metrics/call_metrics.hpp"

#include <array>
#include <unordered_map>

#include <prometheus/histogram.h>

#include "main/metrics/metrics_page.hpp"

namespace mim::main {
namespace {

// Seconds; from a row out of memory to a target that hangs.
const prometheus::Histogram::BucketBoundaries buckets{0.0005, 0.005, 0.05, 0.5, 5};

constexpr std::size_t systems = 3;

}  // namespace

struct CallMetrics::Families {
    prometheus::Family<prometheus::Histogram>& seconds;
    Counters& faults;

    explicit Families(prometheus::Registry& registry)
        : seconds(prometheus::BuildHistogram()
                      .Name("mim_call_seconds")
                      .Help("Time that calls to the store, the queue and the targets took")
                      .Register(registry)),
          faults(counters(registry, "mim_call_faults_total",
                          "Calls that failed by a fault of who was called")) {}
};

CallMetrics::CallMetrics(prometheus::Registry& registry) : families_(std::make_unique<Families>(registry)) {}
CallMetrics::~CallMetrics() = default;

// Each thread remembers the series it met, by system and the literal of their name: looking them up by labels
// costs more than many a call.
CallMetrics::Series CallMetrics::series_of(const observe::CallName& call) {
    thread_local std::array<std::unordered_map<const char*, Series>, systems> by_system;
    thread_local const CallMetrics* owner = nullptr;
    if (owner != this) by_system = {};
    owner = this;
    auto& known = by_system.at(static_cast<std::size_t>(call.system));
    if (const auto found = known.find(call.name.data()); found != known.end()) return found->second;
    const prometheus::Labels labels{{"system", std::string(trace::to_string(call.system))},
                                    {"call", std::string(call.name)}};
    const Series series{&families_->seconds.Add(labels, buckets), &families_->faults.Add(labels)};
    known.emplace(call.name.data(), series);
    return series;
}

void CallMetrics::on_call(const observe::CallName& call, trace::Outcome outcome,
                          std::chrono::microseconds took) {
    const Series series = series_of(call);
    series.seconds->Observe(std::chrono::duration<double>(took).count());
    if (outcome == trace::Outcome::failure) series.faults->Increment();
}

}  // namespace mim::main
