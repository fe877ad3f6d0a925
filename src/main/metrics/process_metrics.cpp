#include "main/metrics/process_metrics.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

#include "main/metrics/metrics_page.hpp"
#include "main/metrics/process_memory.hpp"

namespace mim::main {
namespace {

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

}  // namespace

struct ProcessMetrics::Families {
    prometheus::Counter& processor;
    prometheus::Gauge& resident;
    prometheus::Gauge& address_space;
    prometheus::Gauge& descriptors;
    prometheus::Gauge& descriptors_allowed;
    prometheus::Gauge& threads;
    prometheus::Gauge& started;
    Counters& events;
    prometheus::Counter& sent = events.Add({{"outcome", "sent"}});
    prometheus::Counter& dropped_full = events.Add({{"outcome", "dropped_queue_full"}});
    prometheus::Counter& dropped_failed = events.Add({{"outcome", "dropped_not_taken"}});

    explicit Families(prometheus::Registry& registry)
        : processor(
              counter(registry, "process_cpu_seconds_total", "User and system processor time in seconds")),
          resident(gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes")),
          address_space(gauge(registry, "process_virtual_memory_bytes", "Virtual memory size in bytes")),
          descriptors(gauge(registry, "process_open_fds", "Open file descriptors")),
          descriptors_allowed(gauge(registry, "process_max_fds", "Most file descriptors that may be open")),
          threads(gauge(registry, "process_threads", "Threads")),
          started(
              gauge(registry, "process_start_time_seconds", "Start of the process in seconds since 1970")),
          events(counters(registry, "mim_apm_events_total",
                          "Events for the APM server by what became of them")) {}
};

ProcessMetrics::ProcessMetrics(prometheus::Registry& registry)
    : families_(std::make_unique<Families>(registry)) {
    families_->started.Set(start_time());
}
ProcessMetrics::~ProcessMetrics() = default;

void ProcessMetrics::read(const observe::SenderFigures& traces) {
    const ProcessMemory memory = process_memory();
    raise_to(families_->processor, processor_seconds());
    families_->resident.Set(memory.resident_bytes);
    families_->address_space.Set(memory.virtual_bytes);
    families_->descriptors.Set(entries_of("/proc/self/fd"));
    families_->descriptors_allowed.Set(most_descriptors());
    families_->threads.Set(entries_of("/proc/self/task"));
    raise_to(families_->sent, static_cast<double>(traces.sent));
    raise_to(families_->dropped_full, static_cast<double>(traces.dropped_full));
    raise_to(families_->dropped_failed, static_cast<double>(traces.dropped_failed));
}

}  // namespace mim::main
