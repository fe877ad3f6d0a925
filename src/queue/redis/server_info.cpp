#include "queue/redis/server_info.hpp"

namespace mim::queue {
namespace {

constexpr std::string_view line_ends = "\r\n";

std::string with_version(std::string name, const std::string& version) {
    return version.empty() ? name : std::move(name) + " " + version;
}

}  // namespace

std::string info_value(std::string_view info, std::string_view name) {
    while (!info.empty()) {
        const std::string_view line = info.substr(0, info.find_first_of(line_ends));
        if (line.starts_with(name) && line.substr(name.size()).starts_with(':'))
            return std::string(line.substr(name.size() + 1));
        info.remove_prefix(line.size());
        info.remove_prefix(info.empty() ? 0 : 1);
    }
    return {};
}

std::string name_and_version(std::string_view info) {
    const std::string version_of_valkey = info_value(info, "valkey_version");
    if (!version_of_valkey.empty() || info_value(info, "server_name") == "valkey")
        return with_version("Valkey", version_of_valkey);
    return with_version("Redis", info_value(info, "redis_version"));
}

}  // namespace mim::queue
