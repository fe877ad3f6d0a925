#include "trace/tracer.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace mim::trace {
namespace {

constexpr double steps = 10'000;

Microseconds wall_clock() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

double rounded_rate(double rate) {
    const double rounded = std::round(std::clamp(rate, 0.0, 1.0) * steps) / steps;
    return rate > 0 ? std::max(rounded, 1 / steps) : rounded;
}

Tracer::Tracer(Reporter& reporter, TracerSettings settings)
    : reporter_(reporter), settings_{rounded_rate(settings.sample_rate), settings.continuation} {}

Sampled Tracer::decide() const {
    thread_local std::minstd_rand chance{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(chance) < settings_.sample_rate ? Sampled::yes
                                                                                        : Sampled::no;
}

std::unique_ptr<Transaction> Tracer::begin(TransactionReport begun, SteadyTime began) const {
    if (begun.sampled == Sampled::no) begun.rate = 0;
    const auto ago = std::chrono::steady_clock::now() - began;
    begun.started = wall_clock() - std::chrono::duration_cast<std::chrono::microseconds>(ago);
    return std::make_unique<Transaction>(reporter_, std::move(begun), began);
}

std::unique_ptr<Transaction> Tracer::begin_request(const std::optional<TraceContext>& caller,
                                                   SteadyTime began) const {
    if (caller && settings_.continuation == Continuation::follow) {
        return begin({.trace = caller->trace,
                      .id = EventId::generate(),
                      .kind = Kind::request,
                      .sampled = caller->sampled,
                      .started = {},
                      .parent = caller->parent,
                      .rate = caller->rate},
                     began);
    }
    const auto link = caller ? std::optional(Link{caller->trace, caller->parent}) : std::nullopt;
    return begin({.trace = TraceId::generate(),
                  .id = EventId::generate(),
                  .kind = Kind::request,
                  .sampled = decide(),
                  .started = {},
                  .link = link,
                  .rate = settings_.sample_rate},
                 began);
}

std::unique_ptr<Transaction> Tracer::begin_run(const SyncId& sync, std::int64_t fence) const {
    auto run = begin({.trace = trace_of(sync),
                      .id = run_of(sync, fence),
                      .kind = Kind::job,
                      .sampled = decide(),
                      .started = {},
                      .rate = settings_.sample_rate},
                     std::chrono::steady_clock::now());
    run->name("sync");
    run->label("sync_id", sync.text());
    return run;
}

}  // namespace mim::trace
