#include "main/engine_metrics.hpp"

#include <mutex>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace mim::main {
namespace {

using Counters = prometheus::Family<prometheus::Counter>;
using Gauges = prometheus::Family<prometheus::Gauge>;

Counters& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

// For what somebody else counts already.
void raise_to(prometheus::Counter& counter, std::int64_t figure) {
    counter.Increment(static_cast<double>(figure) - counter.Value());
}
void set(prometheus::Gauge& gauge, std::size_t figure) {
    gauge.Set(static_cast<double>(figure));
}

}  // namespace

struct EngineMetrics::Families {
    prometheus::Registry registry;
    std::mutex page;  // one page at a time, so that a counter is never raised twice

    Counters& operations = counters(registry, "mim_sync_operations_total",
                                    "Operations of syncs that ended, by action and result");

    Gauges& pools = gauges(registry, "mim_target_pools", "Targets whose connections are kept open");
    prometheus::Gauge& pools_in_use = pools.Add({{"state", "in_use"}});
    prometheus::Gauge& pools_idle = pools.Add({{"state", "idle"}});
    prometheus::Gauge& leased =
        gauges(registry, "mim_target_clients_leased", "Connections to targets that are at work").Add({});
    Gauges& breakers =
        gauges(registry, "mim_target_breakers",
               "Deployments by the state of their breaker; while it is open they are left alone");
    prometheus::Gauge& closed = breakers.Add({{"state", "closed"}});
    prometheus::Gauge& open = breakers.Add({{"state", "open"}});
    prometheus::Gauge& half_open = breakers.Add({{"state", "half_open"}});
    prometheus::Counter& opened =
        counters(registry, "mim_target_breaker_openings_total",
                 "How often calls to a deployment failed in a row until it was left alone")
            .Add({});
    Counters& calls = counters(registry, "mim_target_calls_total", "Calls to targets, by call and result");
};

EngineMetrics::EngineMetrics() : families_(std::make_unique<Families>()) {}
EngineMetrics::~EngineMetrics() = default;

void EngineMetrics::on_operation(std::string_view action, std::string_view result) {
    families_->operations.Add({{"action", std::string(action)}, {"result", std::string(result)}}).Increment();
}

std::string EngineMetrics::page(const app::TargetFigures& targets) {
    Families& all = *families_;
    const std::scoped_lock lock(all.page);
    set(all.pools_in_use, targets.pools_in_use);
    set(all.pools_idle, targets.pools_idle);
    set(all.leased, targets.clients_leased);
    set(all.closed, targets.breakers_closed);
    set(all.open, targets.breakers_open);
    set(all.half_open, targets.breakers_half_open);
    raise_to(all.opened, targets.breakers_opened);
    for (const auto& call : targets.calls)
        raise_to(all.calls.Add({{"call", std::string(call.name)}, {"result", std::string(call.result)}}),
                 call.count);
    return prometheus::TextSerializer().Serialize(all.registry.Collect());
}

}  // namespace mim::main
