#include "main/metrics/service_metrics.hpp"

#include <unordered_map>

#include <prometheus/histogram.h>

#include "base/clock.hpp"
#include "main/metrics/metrics_page.hpp"
#include "main/settings.hpp"

namespace mim::main {
namespace {

using Labels = prometheus::Labels;

// Seconds; from an answer out of memory to a target at its deadline.
const prometheus::Histogram::BucketBoundaries request_buckets{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30};
const prometheus::Histogram::BucketBoundaries sync_buckets{0.1, 0.5, 2, 10, 60, 600, 3600, 36'000};

prometheus::Family<prometheus::Histogram>& histograms(prometheus::Registry& registry, const char* name,
                                                      const char* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

}  // namespace

struct ServiceMetrics::Families {
    Counters& requests;
    prometheus::Family<prometheus::Histogram>& request_seconds;
    Gauges& gauges;
    Counters& rejected;
    prometheus::Family<prometheus::Histogram>& sync_seconds;
    Counters& attempts;
    prometheus::Gauge& dead_letters;
    prometheus::Gauge& queue_up;
    Gauges& queue;
    prometheus::Gauge& oldest_waiting;
    prometheus::Gauge& connections = gauges.Add({{"kind", "connections"}});
    prometheus::Gauge& streams = gauges.Add({{"kind", "event_streams"}});
    prometheus::Gauge& waiting = queue.Add({{"state", "waiting"}});
    prometheus::Gauge& leased = queue.Add({{"state", "leased"}});
    prometheus::Gauge& delayed = queue.Add({{"state", "delayed"}});
    prometheus::Counter& first_attempts = attempts.Add({{"kind", "first"}});
    prometheus::Counter& retries = attempts.Add({{"kind", "retry"}});

    explicit Families(prometheus::Registry& registry)
        : requests(counters(registry, "mim_http_requests_total", "Requests answered")),
          request_seconds(histograms(registry, "mim_http_request_seconds", "Time to answer a request")),
          gauges(main::gauges(registry, "mim_http_open", "Open connections and event streams")),
          rejected(counters(registry, "mim_http_rejected_total",
                            "Requests and connections turned away, by the limit that they met")),
          sync_seconds(histograms(registry, "mim_sync_run_seconds", "Time a worker spent on a sync")),
          attempts(counters(registry, "mim_sync_attempts_total", "Jobs begun: first attempts and retries")),
          dead_letters(
              gauge(registry, "mim_queue_dead_letters", "Jobs given up, waiting for somebody to look")),
          queue_up(gauge(registry, "mim_queue_up", "1 when the queue answered for this page")),
          queue(main::gauges(registry, "mim_queue_jobs", "Jobs of the queue by state")),
          oldest_waiting(
              gauge(registry, "mim_queue_oldest_waiting_seconds", "Age of the oldest job that waits")) {
        main::gauges(registry, "mim_build_info", "The version that runs")
            .Add({{"version", program_version}})
            .Set(1);
    }
};

ServiceMetrics::ServiceMetrics(prometheus::Registry& registry)
    : families_(std::make_unique<Families>(registry)) {}
ServiceMetrics::~ServiceMetrics() = default;

// Looking a series up by its labels costs more than the rest of a small request: each thread remembers those
// it met. They are few (routes times statuses) and live as long as the registry.
ServiceMetrics::Series ServiceMetrics::series_of(std::string_view method, std::string_view route,
                                                 unsigned status) {
    thread_local std::unordered_map<std::string, Series> known;
    thread_local const ServiceMetrics* owner = nullptr;
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

void ServiceMetrics::on_request(std::string_view method, std::string_view route, unsigned status,
                                std::chrono::microseconds took) {
    const Series series = series_of(method, route, status);
    series.requests->Increment();
    series.seconds->Observe(std::chrono::duration<double>(took).count());
}

void ServiceMetrics::on_connections(std::size_t open) {
    families_->connections.Set(static_cast<double>(open));
}
void ServiceMetrics::on_event_streams(std::size_t open) {
    families_->streams.Set(static_cast<double>(open));
}

void ServiceMetrics::on_rejected(std::string_view reason) {
    families_->rejected.Add({{"reason", std::string(reason)}}).Increment();
}

void ServiceMetrics::on_sync_run(std::string_view outcome, std::chrono::milliseconds took) {
    families_->sync_seconds.Add({{"outcome", std::string(outcome)}}, sync_buckets)
        .Observe(std::chrono::duration<double>(took).count());
}

void ServiceMetrics::on_attempt(int attempt) {
    (attempt <= 1 ? families_->first_attempts : families_->retries).Increment();
}

void ServiceMetrics::read(app::JobQueue& queue) {
    const auto figures = queue.figures();
    families_->queue_up.Set(figures ? 1 : 0);
    if (!figures) return;
    families_->waiting.Set(static_cast<double>(figures->waiting - figures->delayed));
    families_->delayed.Set(static_cast<double>(figures->delayed));
    families_->dead_letters.Set(static_cast<double>(figures->dead_letters));
    families_->leased.Set(static_cast<double>(figures->leased));
    const auto age = figures->oldest_waiting ? system_clock().now() - *figures->oldest_waiting
                                             : std::chrono::milliseconds{0};
    families_->oldest_waiting.Set(std::chrono::duration<double>(age).count());
}

}  // namespace mim::main
