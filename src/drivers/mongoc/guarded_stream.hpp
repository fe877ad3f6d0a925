// The one stream between libmongoc and a server. It connects and speaks TLS by itself, without holding up the
// other members' streams; it hands on what the judge passed, a whole frame at a time; and no call of it waits
// beyond the deadline of the conversation. libmongoc finds no stream below it, so it also answers `poll`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <mongoc/mongoc.h>

#include "drivers/mongoc/conversation.hpp"
#include "drivers/mongoc/dialing.hpp"
#include "drivers/mongoc/socket_stream.hpp"
#include "drivers/mongoc/wire_judge.hpp"

namespace mim::drivers::mongoc {

class GuardedStream : public mongoc_stream_t {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    // `host` is the name that the certificate must be of; `shown` tells people which server it is. The
    // conversation must outlive it.
    GuardedStream(Conversation& conversation, std::string host, std::string shown, Dialing dialing);
    // One that is broken from the start, for this reason.
    GuardedStream(Conversation& conversation, std::string shown, const std::string& reason);

  private:
    void answer_libmongoc();
    enum class Phase { dialing, shaking_hands, open, broken };
    struct StreamEnd {
        void operator()(mongoc_stream_t* stream) const { mongoc_stream_destroy(stream); }
    };
    using Channel = std::unique_ptr<mongoc_stream_t, StreamEnd>;

    static GuardedStream& of(mongoc_stream_t* stream) { return *static_cast<GuardedStream*>(stream); }
    static ssize_t poll_all(mongoc_stream_poll_t* polled, std::size_t count, std::int32_t timeout);

    ssize_t write(mongoc_iovec_t* parts, std::size_t count, std::int32_t timeout);
    ssize_t read(mongoc_iovec_t* parts, std::size_t count, std::size_t least, std::int32_t timeout);
    bool ended();

    // Goes on connecting as far as it can at this moment; true when it is open.
    bool advance();
    void dialed(Socket socket);
    void shake_hands();
    // Until it is open; false when it is broken or the moment has passed.
    bool open_until(Moment until);
    // Takes in what has come; true when a whole frame is there.
    bool take_in();
    void greeted(bson::DocumentView greeting);
    bool frame_until(Moment until);
    [[nodiscard]] bool give_up_waiting();
    [[nodiscard]] ssize_t serve(mongoc_iovec_t* parts, std::size_t count);
    using Trouble = Conversation::Trouble;
    void break_off(std::string why, Trouble::Kind kind = Trouble::Kind::unreachable);
    void breach(const std::string& reason);
    void take_in_no_more();
    [[nodiscard]] bool may_hold(std::size_t bytes);
    // What to wait for, and until when at most.
    void wants(std::vector<pollfd>& descriptors, int events) const;
    [[nodiscard]] bool wait(int events, Moment until);
    [[nodiscard]] Moment moment_after(std::int32_t timeout) const;
    ssize_t failure(int error);
    void note_unanswered();

    Conversation& conversation_;
    const std::string host_;
    const std::string shown_;
    Phase phase_ = Phase::dialing;
    Dialing dialing_;
    Channel channel_;                 // TLS or the socket
    SocketStream* socket_ = nullptr;  // the lowest of the channel
    int handshake_wants_ = POLLOUT;
    WireJudge judge_;
    std::size_t held_ = 0;    // of the conversation's frames: this one, and libmongoc's copies of it
    std::size_t served_ = 0;  // of the judge's frame
    int last_error_ = 0;
};

}  // namespace mim::drivers::mongoc
