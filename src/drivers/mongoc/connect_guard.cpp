#include "drivers/mongoc/connect_guard.hpp"

#include <atomic>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "drivers/mongoc/refusals.hpp"

namespace mim::drivers::mongoc {
namespace {

// One that neither the C library nor this program uses.
int mark() {
    return SIGRTMAX - 3;
}

sigset_t marked_set() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, mark());
    return set;
}

bool is_marked() {
    sigset_t blocked;
    sigemptyset(&blocked);
    return pthread_sigmask(SIG_BLOCK, nullptr, &blocked) == 0 && sigismember(&blocked, mark()) == 1;
}

std::atomic<std::shared_ptr<const TargetPolicy>>& current_policy() {
    // Never destroyed: libmongoc's threads may outlive static objects.
    static auto* const policy =
        new std::atomic<std::shared_ptr<const TargetPolicy>>(std::make_shared<const TargetPolicy>());
    return *policy;
}

Refusals& refusals() {
    static auto* const all = new Refusals;  // never destroyed, as above
    return *all;
}

// What this thread looked up last: libmongoc connects to what it found right afterwards.
thread_local std::string looked_up;
// Name services connect as well, on their own behalf.
thread_local int looking_up = 0;

std::string_view path_of(const sockaddr& address, socklen_t length) {
    const auto& local = reinterpret_cast<const sockaddr_un&>(address);
    const auto start = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path));
    if (length <= start) return {};
    return {local.sun_path, strnlen(local.sun_path, length - start)};
}

int port_of(const sockaddr& address) {
    // The port stands at the same place in both families.
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

struct Destination {
    std::string key;  // as libmongoc names it
    std::optional<std::string> objection;
};

std::optional<Destination> judge(const sockaddr& address, socklen_t length) {
    const auto policy = target_policy();
    if (address.sa_family == AF_UNIX) {
        const std::string_view path = path_of(address, length);
        return Destination{std::string(path), policy->objection_to_socket(path)};
    }
    const auto ip = IpAddress::of(address);
    if (!ip) return std::nullopt;
    const std::string host = looked_up.empty() ? ip->text() : looked_up;
    const bool brackets = host.find(':') != std::string::npos;
    return Destination{(brackets ? "[" + host + "]" : host) + ":" + std::to_string(port_of(address)),
                       policy->objection(host, *ip)};
}

template <class Function>
Function* next_definition(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

void set_target_policy(TargetPolicy policy) {
    current_policy().store(std::make_shared<const TargetPolicy>(std::move(policy)));
}

std::shared_ptr<const TargetPolicy> target_policy() {
    return current_policy().load();
}

ReachScope::ReachScope(Reach reach) {
    if (reach == Reach::anywhere || is_marked()) return;
    const sigset_t set = marked_set();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    marked_ = Marked::yes;
}

ReachScope::~ReachScope() {
    if (marked_ == Marked::no) return;
    const sigset_t set = marked_set();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

std::optional<std::string> refusal_named_in(std::string_view text) {
    return refusals().named_in(text);
}

namespace {

bool must_not_connect(const sockaddr* address, socklen_t length) {
    if (looking_up > 0 || address == nullptr || !is_marked()) return false;
    const auto destination = judge(*address, length);
    if (!destination) return false;
    if (!destination->objection) {
        refusals().forget(destination->key);
        return false;
    }
    refusals().add(destination->key, *destination->objection);
    return true;
}

void begin_look_up(const char* name) {
    ++looking_up;
    if (is_marked()) looked_up = name == nullptr ? "" : name;
}
void end_look_up() {
    --looking_up;
}

}  // namespace

}  // namespace mim::drivers::mongoc

// In place of the C library's, which they call.
extern "C" int connect(int socket, const sockaddr* address, socklen_t length) {
    static auto* const next =
        mim::drivers::mongoc::next_definition<int(int, const sockaddr*, socklen_t)>("connect");
    if (mim::drivers::mongoc::must_not_connect(address, length)) {
        errno = EACCES;
        return -1;
    }
    return next(socket, address, length);
}

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    static auto* const next =
        mim::drivers::mongoc::next_definition<int(const char*, const char*, const addrinfo*, addrinfo**)>(
            "getaddrinfo");
    mim::drivers::mongoc::begin_look_up(name);
    const int outcome = next(name, service, hints, found);
    mim::drivers::mongoc::end_look_up();
    return outcome;
}
