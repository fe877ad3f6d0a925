#include "drivers/mongoc/endpoint.hpp"

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <netdb.h>
#include <sys/un.h>

#include "base/contained.hpp"

namespace mim::drivers::mongoc {
namespace {

using Endpoints = std::vector<Endpoint>;

constexpr int most_left_behind = 64;
constexpr std::size_t most_addresses = 16;

Result<Endpoints> ask(const std::string& host, std::uint16_t port, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* found = nullptr;
    const int failed = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failed != 0) return Error(ErrorCode::target_unreachable, "Failed to resolve '" + host + "'");
    Endpoints endpoints;
    for (const addrinfo* each = found; each != nullptr && endpoints.size() < most_addresses;
         each = each->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.address, each->ai_addr, each->ai_addrlen);
        endpoint.length = each->ai_addrlen;
        endpoints.push_back(endpoint);
    }
    freeaddrinfo(found);
    return endpoints;
}

// Owned by the thread that asks and by the one that waits.
struct LookUp {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<Result<Endpoints>> outcome;
};

std::atomic<int>& running() {
    static std::atomic<int> count{0};
    return count;
}

}  // namespace

Result<Endpoints> look_up(const std::string& host, std::uint16_t port, Deadline deadline) {
    if (auto written_out = ask(host, port, AI_NUMERICHOST)) return written_out;
    if (running().fetch_add(1) >= most_left_behind) {
        running().fetch_sub(1);
        return Error(ErrorCode::target_unreachable,
                     "Failed to resolve '" + host + "': too many look-ups are still unanswered");
    }
    const auto looking_up = std::make_shared<LookUp>();
    std::thread([looking_up, host, port] {
        auto outcome = contained([&] { return ask(host, port, 0); });
        running().fetch_sub(1);
        const std::scoped_lock lock(looking_up->mutex);
        looking_up->outcome = std::move(outcome);
        looking_up->done.notify_all();
    }).detach();
    std::unique_lock lock(looking_up->mutex);
    if (!looking_up->done.wait_until(lock, deadline.when(), [&] { return looking_up->outcome.has_value(); }))
        return Error(ErrorCode::target_timeout, "timeout looking up '" + host + "'");
    return *looking_up->outcome;
}

Result<Endpoint> socket_file(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return Error(ErrorCode::invalid_input, "the path of the socket file is too long");
    std::memcpy(address.sun_path, path.data(), path.size());
    Endpoint endpoint;
    std::memcpy(&endpoint.address, &address, sizeof address);
    endpoint.length = sizeof address;
    return endpoint;
}

}  // namespace mim::drivers::mongoc
