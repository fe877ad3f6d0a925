#include "main/metrics/engine_metrics.hpp"

#include "main/metrics/metrics_page.hpp"

namespace mim::main {
namespace {

void set(prometheus::Gauge& gauge, std::size_t figure) {
    gauge.Set(static_cast<double>(figure));
}

}  // namespace

struct EngineMetrics::Families {
    Counters& operations;
    Gauges& pools;
    prometheus::Gauge& leased;
    Gauges& breakers;
    prometheus::Counter& opened;
    Counters& calls;
    prometheus::Gauge& pools_in_use = pools.Add({{"state", "in_use"}});
    prometheus::Gauge& pools_idle = pools.Add({{"state", "idle"}});
    prometheus::Gauge& closed = breakers.Add({{"state", "closed"}});
    prometheus::Gauge& open = breakers.Add({{"state", "open"}});
    prometheus::Gauge& half_open = breakers.Add({{"state", "half_open"}});

    explicit Families(prometheus::Registry& registry)
        : operations(counters(registry, "mim_sync_operations_total",
                              "Operations of syncs that ended, by action and result")),
          pools(gauges(registry, "mim_target_pools", "Targets whose connections are kept open")),
          leased(gauge(registry, "mim_target_clients_leased", "Connections to targets that are at work")),
          breakers(gauges(registry, "mim_target_breakers",
                          "Deployments by the state of their breaker; while it is open they are left alone")),
          opened(counter(registry, "mim_target_breaker_openings_total",
                         "How often calls to a deployment failed in a row until it was left alone")),
          calls(counters(registry, "mim_target_calls_total", "Calls to targets, by call and result")) {}
};

EngineMetrics::EngineMetrics(prometheus::Registry& registry)
    : families_(std::make_unique<Families>(registry)) {}
EngineMetrics::~EngineMetrics() = default;

void EngineMetrics::on_operation(std::string_view action, std::string_view result) {
    families_->operations.Add({{"action", std::string(action)}, {"result", std::string(result)}}).Increment();
}

void EngineMetrics::read(const app::TargetFigures& targets) {
    Families& all = *families_;
    set(all.pools_in_use, targets.pools_in_use);
    set(all.pools_idle, targets.pools_idle);
    set(all.leased, targets.clients_leased);
    set(all.closed, targets.breakers_closed);
    set(all.open, targets.breakers_open);
    set(all.half_open, targets.breakers_half_open);
    raise_to(all.opened, static_cast<double>(targets.breakers_opened));
    for (const auto& call : targets.calls)
        raise_to(all.calls.Add({{"call", std::string(call.name)}, {"result", std::string(call.result)}}),
                 static_cast<double>(call.count));
}

}  // namespace mim::main
