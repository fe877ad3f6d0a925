#include "main/process_metrics.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include "main/process_memory.hpp"

namespace mim::main {
namespace {

using prometheus::Counter;
using prometheus::Gauge;

Gauge& add_gauge(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

double entries_of(const char* folder) {
    std::error_code failure;
    double count = 0;
    for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end;
         at.increment(failure))
        ++count;
    return count;
}

double most_descriptors() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : 0;
}

double processor_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// Seconds since 1970: the boot of the machine and the clock ticks from there to the process.
double start_time() {
    std::ifstream file("/proc/self/stat");
    std::string word;
    // The second field is a name in brackets that may hold anything; the start is the 20th after it.
    for (std::string line; std::getline(file, line, ')');) word = line;
    std::size_t at = 0;
    constexpr int fields_before = 20;
    for (int field = 0; field < fields_before; ++field) at = word.find(' ', at) + 1;
    const double ticks = std::strtod(word.c_str() + at, nullptr);
    std::ifstream machine("/proc/stat");
    double boot = 0;
    for (std::string key; boot == 0 && machine >> key;) {
        if (key == "btime") machine >> boot;
    }
    return boot + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void catch_up(Counter& counter, double value) {
    if (value > counter.Value()) counter.Increment(value - counter.Value());
}

}  // namespace

struct ProcessMetrics::Families {
    prometheus::Registry registry;
    std::mutex one_page;
    Counter& processor = prometheus::BuildCounter()
                             .Name("process_cpu_seconds_total")
                             .Help("User and system processor time in seconds")
                             .Register(registry)
                             .Add({});
    Gauge& resident = add_gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes");
    Gauge& address_space =
        add_gauge(registry, "process_virtual_memory_bytes", "Virtual memory size in bytes");
    Gauge& descriptors = add_gauge(registry, "process_open_fds", "Open file descriptors");
    Gauge& descriptors_allowed =
        add_gauge(registry, "process_max_fds", "Most file descriptors that may be open");
    Gauge& threads = add_gauge(registry, "process_threads", "Threads");
    Gauge& started =
        add_gauge(registry, "process_start_time_seconds", "Start of the process in seconds since 1970");
    prometheus::Family<Counter>& events = prometheus::BuildCounter()
                                              .Name("mim_apm_events_total")
                                              .Help("Events for the APM server by what became of them")
                                              .Register(registry);
    Counter& sent = events.Add({{"outcome", "sent"}});
    Counter& dropped_full = events.Add({{"outcome", "dropped_queue_full"}});
    Counter& dropped_failed = events.Add({{"outcome", "dropped_not_taken"}});
};

ProcessMetrics::ProcessMetrics() : families_(std::make_unique<Families>()) {
    families_->started.Set(start_time());
}
ProcessMetrics::~ProcessMetrics() = default;

std::string ProcessMetrics::page(const observe::SenderFigures& traces) {
    const std::lock_guard guard(families_->one_page);
    const ProcessMemory memory = process_memory();
    catch_up(families_->processor, processor_seconds());
    families_->resident.Set(memory.resident_bytes);
    families_->address_space.Set(memory.virtual_bytes);
    families_->descriptors.Set(entries_of("/proc/self/fd"));
    families_->descriptors_allowed.Set(most_descriptors());
    families_->threads.Set(entries_of("/proc/self/task"));
    catch_up(families_->sent, static_cast<double>(traces.sent));
    catch_up(families_->dropped_full, static_cast<double>(traces.dropped_full));
    catch_up(families_->dropped_failed, static_cast<double>(traces.dropped_failed));
    return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace mim::main
