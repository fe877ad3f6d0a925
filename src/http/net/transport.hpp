// The lower half of a session: its bytes, its deadline, the TLS handshake and the goodbye. On its
// connection's thread only.
#pragma once

#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "http/net/core.hpp"
#include "http/net/stream.hpp"

namespace mim::http {

class Transport {
  public:
    enum class Phase { idle, busy };
    enum class Rest { none, drained };  // what the peer may still be sending, and nobody will read

    Transport(Core& core, Stream::Socket socket) : core_(core), stream_(std::move(socket)) {}

    void open();  // once, before anything else
    void close();
    [[nodiscard]] Stream& stream() { return stream_; }
    [[nodiscard]] Stream::Socket& socket() { return stream_.socket(); }
    [[nodiscard]] const Sender& peer() const { return peer_; }

    // `lateness` names what went wrong when the time is up; "" = nothing did. Borrowed for ever.
    void set_phase(Phase phase, std::chrono::milliseconds patience, std::string_view lateness = "");
    void wait_without_deadline(Phase phase);
    [[nodiscard]] bool is_idle() const { return phase_ == Phase::idle; }
    [[nodiscard]] bool is_overdue(SteadyTime now) const { return now > deadline_; }
    // Of an overdue one, once.
    [[nodiscard]] std::string_view take_lateness();

    // The handshake, where TLS is on; false when there was none that succeeded.
    [[nodiscard]] boost::asio::awaitable<bool> secure();
    // False when the peer does not take it. `bytes` is borrowed.
    [[nodiscard]] boost::asio::awaitable<bool> send(const std::string& bytes);
    // For whoever only listens to us.
    [[nodiscard]] boost::asio::awaitable<bool> peer_is_gone();
    // Says goodbye so that the peer gets all we wrote, then closes.
    [[nodiscard]] boost::asio::awaitable<void> part(Rest rest);

  private:
    [[nodiscard]] boost::asio::awaitable<void> drain();

    Core& core_;
    Stream stream_;
    Sender peer_;
    Phase phase_ = Phase::busy;
    SteadyTime deadline_ = SteadyTime::max();
    std::string_view lateness_;
};

}  // namespace mim::http
