#include "main/metrics.hpp"

#include <unordered_map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "base/clock.hpp"
#include "main/settings.hpp"

namespace mim::main {
namespace {

using Labels = prometheus::Labels;

// Seconds; from an answer out of memory to a target at its deadline.
const prometheus::Histogram::BucketBoundaries request_buckets{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30};
const prometheus::Histogram::BucketBoundaries sync_buckets{0.1, 0.5, 2, 10, 60, 600, 3600, 36'000};

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("mim_http_requests_total")
                                                            .Help("Requests answered")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& request_seconds = prometheus::BuildHistogram()
                                                                     .Name("mim_http_request_seconds")
                                                                     .Help("Time to answer a request")
                                                                     .Register(registry);
    prometheus::Family<prometheus::Gauge>& gauges = prometheus::BuildGauge()
                                                        .Name("mim_http_open")
                                                        .Help("Open connections and event streams")
                                                        .Register(registry);
    prometheus::Family<prometheus::Counter>& rejected =
        prometheus::BuildCounter()
            .Name("mim_http_rejected_total")
            .Help("Requests and connections turned away, by the limit that they met")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& sync_seconds = prometheus::BuildHistogram()
                                                                  .Name("mim_sync_run_seconds")
                                                                  .Help("Time a worker spent on a sync")
                                                                  .Register(registry);
    prometheus::Family<prometheus::Counter>& attempts = prometheus::BuildCounter()
                                                            .Name("mim_sync_attempts_total")
                                                            .Help("Jobs begun: first attempts and retries")
                                                            .Register(registry);
    prometheus::Gauge& dead_letters = prometheus::BuildGauge()
                                          .Name("mim_queue_dead_letters")
                                          .Help("Jobs given up, waiting for somebody to look")
                                          .Register(registry)
                                          .Add({});
    prometheus::Gauge& queue_up = prometheus::BuildGauge()
                                      .Name("mim_queue_up")
                                      .Help("1 when the queue answered for this page")
                                      .Register(registry)
                                      .Add({});
    prometheus::Family<prometheus::Gauge>& queue =
        prometheus::BuildGauge().Name("mim_queue_jobs").Help("Jobs of the queue by state").Register(registry);
    prometheus::Gauge& oldest_waiting = prometheus::BuildGauge()
                                            .Name("mim_queue_oldest_waiting_seconds")
                                            .Help("Age of the oldest job that waits")
                                            .Register(registry)
                                            .Add({});
    prometheus::Gauge& connections = gauges.Add({{"kind", "connections"}});
    prometheus::Gauge& streams = gauges.Add({{"kind", "event_streams"}});
    prometheus::Gauge& waiting = queue.Add({{"state", "waiting"}});
    prometheus::Gauge& leased = queue.Add({{"state", "leased"}});
    prometheus::Gauge& delayed = queue.Add({{"state", "delayed"}});
    prometheus::Counter& first_attempts = attempts.Add({{"kind", "first"}});
    prometheus::Counter& retries = attempts.Add({{"kind", "retry"}});

    Families() {
        prometheus::BuildGauge()
            .Name("mim_build_info")
            .Help("The version that runs")
            .Register(registry)
            .Add({{"version", program_version}})
            .Set(1);
    }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

// Looking a series up by its labels costs more than the rest of a small request: each thread remembers those
// it met. They are few (routes times statuses) and live as long as the registry.
Metrics::Series Metrics::series_of(std::string_view method, std::string_view route, unsigned status) {
    thread_local std::unordered_map<std::string, Series> known;
    thread_local const Metrics* owner = nullptr;
    if (owner != this) known.clear();
    owner = this;
    thread_local std::string key;
    key.assign(method).append(" ").append(route).append(" ").append(std::to_string(status));
    if (const auto found = known.find(key); found != known.end()) return found->second;
    const Labels by_route{{"method", std::string(method)}, {"route", std::string(route)}};
    Labels labels = by_route;
    labels["status"] = std::to_string(status);
    const Series series{&families_->requests.Add(labels),
                        &families_->request_seconds.Add(by_route, request_buckets)};
    known.emplace(key, series);
    return series;
}

void Metrics::on_request(std::string_view method, std::string_view route, unsigned status,
                         std::chrono::microseconds took) {
    const Series series = series_of(method, route, status);
    series.requests->Increment();
    series.seconds->Observe(std::chrono::duration<double>(took).count());
}

void Metrics::on_connections(std::size_t open) {
    families_->connections.Set(static_cast<double>(open));
}
void Metrics::on_event_streams(std::size_t open) {
    families_->streams.Set(static_cast<double>(open));
}

void Metrics::on_rejected(std::string_view reason) {
    families_->rejected.Add({{"reason", std::string(reason)}}).Increment();
}

void Metrics::on_sync_run(std::string_view outcome, std::chrono::milliseconds took) {
    families_->sync_seconds.Add({{"outcome", std::string(outcome)}}, sync_buckets)
        .Observe(std::chrono::duration<double>(took).count());
}

void Metrics::on_attempt(int attempt) {
    (attempt <= 1 ? families_->first_attempts : families_->retries).Increment();
}

// Without an answer of the queue its figures stay as they were last seen.
std::string Metrics::page(app::JobQueue& queue) {
    const auto figures = queue.figures();
    families_->queue_up.Set(figures ? 1 : 0);
    if (figures) {
        families_->waiting.Set(static_cast<double>(figures->waiting - figures->delayed));
        families_->delayed.Set(static_cast<double>(figures->delayed));
        families_->dead_letters.Set(static_cast<double>(figures->dead_letters));
        families_->leased.Set(static_cast<double>(figures->leased));
        const auto age = figures->oldest_waiting ? system_clock().now() - *figures->oldest_waiting
                                                 : std::chrono::milliseconds{0};
        families_->oldest_waiting.Set(std::chrono::duration<double>(age).count());
    }
    return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace mim::main
