// What a session hands to the work pool, and the places of handshakes and streams among those
// allowed.
#pragma once

#include <exception>
#include <utility>

#include "http/net/core.hpp"
#include "http/net/offload.hpp"

namespace mim::http {

class RunRoute final : public Work {
  public:
    RunRoute(const Dispatcher& dispatcher, const Route& route, Request& request,
             trace::Transaction* transaction)
        : dispatcher_(dispatcher), route_(route), request_(request), transaction_(transaction) {}
    void run() override {
        const trace::Activation active(transaction_);
        response_ = dispatcher_.run(route_, request_);
    }
    [[nodiscard]] Response take() { return std::move(response_); }

  private:
    const Dispatcher& dispatcher_;
    const Route& route_;
    Request& request_;
    trace::Transaction* transaction_;  // null = not traced
    Response response_;
};

class PollEvents final : public Work {
  public:
    explicit PollEvents(EventSource& events) : events_(events) {}
    void run() override { batch_ = events_.next(); }
    [[nodiscard]] const EventSource::Batch& batch() const { return batch_; }

  private:
    EventSource& events_;
    EventSource::Batch batch_;
};

class HandshakeSlot {
  public:
    explicit HandshakeSlot(Core& core)
        : core_(core), taken_(core.take_handshake_slot() == Core::Slot::taken) {}
    ~HandshakeSlot() {
        if (taken_) core_.give_handshake_slot_back();
    }
    HandshakeSlot(const HandshakeSlot&) = delete;
    HandshakeSlot& operator=(const HandshakeSlot&) = delete;
    [[nodiscard]] bool taken() const { return taken_; }

  private:
    Core& core_;
    bool taken_;
};

class StreamSlot {
  public:
    StreamSlot(Core& core, const UserId& user) : core_(core), user_(user), place_(core.streams.take(user)) {}
    ~StreamSlot() {
        if (place_ == StreamLedger::Place::taken) core_.streams.give_back(user_);
    }
    StreamSlot(const StreamSlot&) = delete;
    StreamSlot& operator=(const StreamSlot&) = delete;
    [[nodiscard]] StreamLedger::Place place() const { return place_; }

  private:
    Core& core_;
    UserId user_;
    StreamLedger::Place place_;
};

}  // namespace mim::http
