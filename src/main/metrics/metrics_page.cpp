#include "main/metrics/metrics_page.hpp"

#include <prometheus/text_serializer.h>

namespace mim::main {

std::string MetricsPage::text(const std::function<void()>& refresh) {
    const std::scoped_lock lock(one_page_);
    refresh();
    return prometheus::TextSerializer().Serialize(registry_.Collect());
}

Counters& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
Gauges& gauges(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}
prometheus::Counter& counter(prometheus::Registry& registry, const char* name, const char* help) {
    return counters(registry, name, help).Add({});
}
prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help) {
    return gauges(registry, name, help).Add({});
}

void raise_to(prometheus::Counter& counter, double figure) {
    if (figure > counter.Value()) counter.Increment(figure - counter.Value());
}

}  // namespace mim::main
