#include "drivers/mongoc/guarded_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <span>

namespace mim::drivers::mongoc {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t piece = std::size_t{16} * 1024;

int poll_timeout(Clock::time_point until) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 0, std::numeric_limits<int>::max()));
}

std::optional<Request> request_of(const mongoc_iovec_t* parts, std::size_t count) {
    std::array<std::uint8_t, telling_bytes> first{};
    std::size_t filled = 0;
    for (std::size_t at = 0; at < count && filled < first.size(); ++at) {
        const std::size_t taken = std::min(first.size() - filled, parts[at].iov_len);
        std::memcpy(first.data() + filled, parts[at].iov_base, taken);
        filled += taken;
    }
    return request_in(std::span(first.data(), filled));
}

// Of a member that takes writes, or of a router.
Conversation::Role role_in(bson::DocumentView greeting) {
    for (const char* field : {"isWritablePrimary", "ismaster"}) {
        const auto value = greeting.find(field);
        if (value && value->truthy()) return Conversation::Role::writable;
    }
    return Conversation::Role::other;
}

// Neither a member of a set, nor one that is to become so, nor a router, nor behind a load balancer.
// Source: the `hello` command, fields setName, isreplicaset, msg and serviceId.
bool is_standalone(bson::DocumentView greeting) {
    const auto ok = greeting.find("ok");
    return ok && ok->truthy() && !greeting.find("setName") && !greeting.find("isreplicaset") &&
           !greeting.find("msg") && !greeting.find("serviceId");
}

}  // namespace

GuardedStream::GuardedStream(Conversation& conversation, std::string host, std::string shown, Dialing dialing)
    : mongoc_stream_t{},
      conversation_(conversation),
      host_(std::move(host)),
      shown_(std::move(shown)),
      dialing_(std::move(dialing)),
      judge_(conversation.terms().limits) {
    answer_libmongoc();
}

GuardedStream::GuardedStream(Conversation& conversation, std::string shown, const std::string& reason)
    : GuardedStream(conversation, {}, std::move(shown), Dialing({})) {
    break_off(reason);
}

void GuardedStream::answer_libmongoc() {
    type = 0x6d6902;  // none of libmongoc's
    destroy = [](mongoc_stream_t* stream) { delete static_cast<GuardedStream*>(stream); };
    failed = destroy;
    close = [](mongoc_stream_t* stream) {
        of(stream).phase_ = Phase::broken;
        of(stream).channel_.reset();
        return 0;
    };
    flush = [](mongoc_stream_t*) { return 0; };
    writev = [](mongoc_stream_t* stream, mongoc_iovec_t* parts, std::size_t count, std::int32_t timeout) {
        return of(stream).write(parts, count, timeout);
    };
    readv = [](mongoc_stream_t* stream, mongoc_iovec_t* parts, std::size_t count, std::size_t least,
               std::int32_t timeout) { return of(stream).read(parts, count, least, timeout); };
    check_closed = [](mongoc_stream_t* stream) { return of(stream).ended(); };
    mongoc_stream_t::poll = poll_all;
    timed_out = [](mongoc_stream_t* stream) { return of(stream).last_error_ == ETIMEDOUT; };
    should_retry = [](mongoc_stream_t* stream) { return of(stream).last_error_ == EAGAIN; };
}

void GuardedStream::break_off(std::string why, Trouble::Kind kind) {
    phase_ = Phase::broken;
    conversation_.note_trouble({kind, shown_, std::move(why)});
}

void GuardedStream::dialed(Socket socket) {
    auto* const stream = new SocketStream(std::move(socket));
    socket_ = stream;
    const auto& tls = conversation_.terms().tls;
    if (!tls) {
        channel_.reset(stream);
        phase_ = Phase::open;
        return;
    }
    channel_.reset(tls->wrap(stream, host_));
    if (!channel_) return break_off("TLS could not be set up: see the certificate files");
    phase_ = Phase::shaking_hands;
}

void GuardedStream::shake_hands() {
    bson_error_t error{};
    int events = 0;
    socket_->write_until(Clock::now());
    if (mongoc_stream_tls_handshake(channel_.get(), host_.c_str(), 0, &events, &error)) {
        phase_ = Phase::open;
    } else if (events != 0) {
        handshake_wants_ = events;
    } else {
        break_off(error.message);
    }
}

bool GuardedStream::advance() {
    if (phase_ == Phase::dialing) {
        const auto outcome = dialing_.advance();
        if (outcome == Dialing::Outcome::failed) break_off(dialing_.reason());
        if (outcome == Dialing::Outcome::connected) dialed(dialing_.take());
    }
    if (phase_ == Phase::shaking_hands) shake_hands();
    return phase_ == Phase::open;
}

void GuardedStream::wants(std::vector<pollfd>& descriptors, int events) const {
    switch (phase_) {
        case Phase::dialing:
            return dialing_.wants(descriptors);
        case Phase::shaking_hands:
            descriptors.push_back({socket_->descriptor(), static_cast<short>(handshake_wants_), 0});
            return;
        case Phase::open:
            descriptors.push_back({socket_->descriptor(), static_cast<short>(events), 0});
            return;
        case Phase::broken:
            return;
    }
}

bool GuardedStream::wait(int events, Moment until) {
    std::vector<pollfd> descriptors;
    wants(descriptors, events);
    Moment wake = until;
    if (phase_ == Phase::dialing) wake = std::min(wake, dialing_.wakes_at().value_or(until));
    static_cast<void>(::poll(descriptors.data(), descriptors.size(), poll_timeout(wake)));
    return Clock::now() < until;
}

GuardedStream::Moment GuardedStream::moment_after(std::int32_t timeout) const {
    const Moment latest = conversation_.until().when();
    if (timeout < 0) return latest;
    return std::min(latest, Clock::now() + milliseconds(timeout));
}

// EAGAIN asks libmongoc to come again, which it does at once: not when nothing may wait any more.
ssize_t GuardedStream::failure(int error) {
    if (error == EAGAIN && conversation_.until().passed()) error = ETIMEDOUT;
    last_error_ = errno = error;
    return -1;
}

bool GuardedStream::open_until(Moment until) {
    while (!advance()) {
        if (phase_ == Phase::broken || !wait(POLLOUT, until)) return false;
    }
    return true;
}

ssize_t GuardedStream::write(mongoc_iovec_t* parts, std::size_t count, std::int32_t timeout) {
    const Moment until = moment_after(timeout);
    if (!open_until(until))
        return failure(phase_ == Phase::broken ? ECONNRESET : timeout == 0 ? EAGAIN : ETIMEDOUT);
    const auto request = request_of(parts, count);
    if (!request) return failure(EPROTO);
    judge_.release();
    held_ = 0;
    judge_.expect(*request);
    served_ = 0;
    socket_->write_until(until);
    const ssize_t written = mongoc_stream_writev(channel_.get(), parts, count, 0);
    if (written < 0) {
        const int error = errno == 0 ? ECONNRESET : errno == EAGAIN ? ETIMEDOUT : errno;
        note_unanswered();
        return failure(error);
    }
    last_error_ = 0;
    return written;
}

void GuardedStream::take_in_no_more() {
    phase_ = Phase::broken;
    last_error_ = EPROTO;
}

void GuardedStream::breach(const std::string& reason) {
    take_in_no_more();
    conversation_.note_breach("'" + shown_ + "' breaks the protocol: " + reason, judge_.question());
}

// libmongoc reads the frame into a buffer of its own, which grows by doubling, and copies the answer out of
// it.
bool GuardedStream::may_hold(std::size_t bytes) {
    constexpr std::size_t copies = 4;
    const std::size_t wanted = copies * bytes;
    if (wanted <= held_) return true;
    if (conversation_.hold_frame(wanted - held_)) {
        held_ = wanted;
        return true;
    }
    take_in_no_more();
    conversation_.note_no_room(
        "all calls to targets together hold as many bytes of their answers as they may: try again",
        judge_.question());
    return false;
}

bool GuardedStream::take_in() {
    std::array<std::uint8_t, piece> bytes;
    socket_->write_until(Clock::now());
    while (judge_.state() == WireJudge::State::incomplete) {
        const std::size_t wanted = std::min(bytes.size(), judge_.lacking());
        errno = 0;
        const ssize_t got = mongoc_stream_read(channel_.get(), bytes.data(), wanted, 1, 0);
        if (got > 0) {
            if (!may_hold(judge_.held() + static_cast<std::size_t>(got))) return false;
            judge_.take(std::span(bytes.data(), static_cast<std::size_t>(got)));
            continue;
        }
        if (got < 0 && mongoc_stream_should_retry(channel_.get())) return false;
        phase_ = Phase::broken;
        last_error_ = got == 0 ? 0 : errno;
        return false;
    }
    if (judge_.state() == WireJudge::State::complete) {
        if (judge_.question() == Question::greeting) greeted(judge_.answer());
        return true;
    }
    breach(judge_.reason());
    return false;
}

void GuardedStream::greeted(bson::DocumentView greeting) {
    const std::string identity = server_identity(greeting);
    if (is_standalone(greeting)) return conversation_.note_standalone(shown_, identity);
    conversation_.note_greeting(role_in(greeting), identity);
}

bool GuardedStream::frame_until(Moment until) {
    for (;;) {
        if (judge_.state() == WireJudge::State::complete) return true;
        if (phase_ != Phase::open) return false;
        if (take_in()) return true;
        if (phase_ != Phase::open || !wait(POLLIN, until)) return false;
    }
}

ssize_t GuardedStream::serve(mongoc_iovec_t* parts, std::size_t count) {
    std::size_t given = 0;
    const auto frame = judge_.frame();
    for (std::size_t at = 0; at < count && served_ < frame.size(); ++at) {
        const std::size_t taken = std::min(parts[at].iov_len, frame.size() - served_);
        std::memcpy(parts[at].iov_base, frame.data() + served_, taken);
        served_ += taken;
        given += taken;
    }
    if (served_ == frame.size()) {
        judge_.release();
        served_ = 0;
    }
    last_error_ = 0;
    return static_cast<ssize_t>(given);
}

ssize_t GuardedStream::read(mongoc_iovec_t* parts, std::size_t count, std::size_t, std::int32_t timeout) {
    if (frame_until(moment_after(timeout))) return serve(parts, count);
    if (phase_ == Phase::open && timeout == 0 && !conversation_.until().passed()) return failure(EAGAIN);
    note_unanswered();
    if (phase_ == Phase::open) return failure(ETIMEDOUT);
    if (last_error_ == 0) return 0;  // the other side has gone
    return failure(last_error_ == EAGAIN ? ECONNRESET : last_error_);
}

void GuardedStream::note_unanswered() {
    if (judge_.question() != Question::sign_in) return;
    if (phase_ == Phase::open && !socket_->has_ended())
        conversation_.note_unanswered_sign_in(
            {Trouble::Kind::silent, shown_, "did not answer the sign-in in time"});
    else
        conversation_.note_unanswered_sign_in(
            {Trouble::Kind::unreachable, shown_, "closed the connection during the sign-in"});
}

bool GuardedStream::ended() {
    return phase_ == Phase::broken || (phase_ == Phase::open && socket_->has_ended());
}

// Whether those who have not greeted yet are not worth another moment.
bool GuardedStream::give_up_waiting() {
    if (conversation_.until().passed()) return true;
    const auto enough = conversation_.enough_at();
    return enough && Clock::now() >= *enough;
}

// Of streams of one client: libmongoc polls those of all members together.
ssize_t GuardedStream::poll_all(mongoc_stream_poll_t* polled, std::size_t count, std::int32_t timeout) {
    const Moment until = of(polled[0].stream).moment_after(timeout);
    for (;;) {
        ssize_t ready = 0;
        std::vector<pollfd> descriptors;
        Moment wake = std::min(until, of(polled[0].stream).conversation_.enough_at().value_or(until));
        std::vector<std::size_t> first(count);
        for (std::size_t at = 0; at < count; ++at) {
            GuardedStream& stream = of(polled[at].stream);
            polled[at].revents = 0;
            stream.advance();
            first[at] = descriptors.size();
            if (stream.phase_ == Phase::broken) {
                polled[at].revents = POLLERR | POLLHUP;
                ++ready;
            } else if (stream.judge_.state() == WireJudge::State::complete) {
                polled[at].revents = polled[at].events & (POLLIN | POLLOUT);
                ++ready;
            } else {
                stream.wants(descriptors, polled[at].events);
                if (stream.phase_ == Phase::dialing)
                    wake = std::min(wake, stream.dialing_.wakes_at().value_or(until));
            }
        }
        if (ready > 0) wake = Clock::now();
        static_cast<void>(::poll(descriptors.data(), descriptors.size(), poll_timeout(wake)));
        for (std::size_t at = 0; at < count; ++at) {
            if (polled[at].revents != 0 || of(polled[at].stream).phase_ != Phase::open) continue;
            polled[at].revents = descriptors[first[at]].revents;
            if (polled[at].revents != 0) ++ready;
        }
        if (ready > 0) return ready;
        if (of(polled[0].stream).give_up_waiting()) {
            for (std::size_t at = 0; at < count; ++at) {
                of(polled[at].stream).break_off("no answer in time", Trouble::Kind::silent);
                polled[at].revents = POLLERR;
            }
            return static_cast<ssize_t>(count);
        }
        if (Clock::now() >= until) return 0;
    }
}

}  // namespace mim::drivers::mongoc
