#include "sandbox/instance.hpp"

namespace mim::sandbox {

Instance::Instance(const Settings& given, Logger& logger, boost::asio::io_context& io)
    : settings(given),
      log(&logger),
      context(&io),
      catalog(given.first_feature_version(), system_clock()),
      builds(io),
      latency(given.latency) {
    if (given.credentials) scram_keys = ScramKeys::derive(*given.credentials);
}

std::chrono::milliseconds Instance::build_time(const std::string& full_name) const {
    for (const auto& name : {full_name, std::string()}) {
        const auto found = build_times.find(name);
        if (found != build_times.end()) return found->second;
    }
    return std::chrono::milliseconds{0};
}

void Instance::reset() {
    builds.end([](const Build&) { return true; },
               refuse(server_code::index_build_aborted, "Index build aborted: the sandbox was reset"));
    catalog.clear();
    catalog.follow(settings.first_feature_version());
    cursors.clear();
    fail_point.off();
    build_times.clear();
    command_counts.clear();
    history = {};
    latency = settings.latency;
}

}  // namespace mim::sandbox
