// Holds every connection that libmongoc makes for a target to the target policy, at the moment when it
// connects: the address is the one that is connected to, so no name can change in between, and hosts that a
// replica set or an SRV record names are held to it as well.
//
// libmongoc lets nobody choose a pool's sockets: mongoc_client_set_stream_initiator covers neither the
// monitoring threads nor their round-trip threads. But it connects by the C library's `connect`, right after
// `getaddrinfo` on the same thread, so this file defines both for the whole program: they look at the calls
// of marked threads and pass all others on. The mark is a real-time signal, which nobody sends, blocked in
// the thread: POSIX hands the mask on to the threads that a thread starts, so monitors are born with it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/mongoc/target_policy.hpp"

namespace mim::drivers::mongoc {

// Of the whole process; before it is called, the policy without lists. Thread-safe; for connections made
// from then on.
void set_target_policy(TargetPolicy policy);
[[nodiscard]] std::shared_ptr<const TargetPolicy> target_policy();

// Where the connections of a pool may go.
enum class Reach { anywhere, where_targets_may_be };

// While it lives, this thread and those that it starts connect under the policy, if `reach` says so.
class ReachScope {
  public:
    explicit ReachScope(Reach reach);
    ~ReachScope();
    ReachScope(const ReachScope&) = delete;
    ReachScope& operator=(const ReachScope&) = delete;

  private:
    enum class Marked { no, yes } marked_ = Marked::no;
};

// Why a connection was refused lately to a host, or socket file, that this text of libmongoc names; none when
// none was.
[[nodiscard]] std::optional<std::string> refusal_named_in(std::string_view text);

}  // namespace mim::drivers::mongoc
