// HTTP/1.1 over one socket. Coroutines here follow the rules that g++ 12 needs: a co_await expression holds
// only names, literals and plain calls; whatever owns memory is a member or a named local.
#include "http/net/session.hpp"

#include <array>
#include <optional>
#include <ostream>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/id.hpp"
#include "http/error_table.hpp"
#include "http/net/exchange_trace.hpp"
#include "http/net/log_bug.hpp"
#include "http/net/offload.hpp"
#include "http/net/session_work.hpp"
#include "http/net/transport.hpp"
#include "http/net/wire.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using Failure = boost::system::error_code;
using Parser = beast_http::request_parser<beast_http::string_body>;

constexpr std::size_t kept_buffer = 16UL * 1024;
constexpr std::size_t first_read = 4UL * 1024;
constexpr unsigned status_too_many = 429;
constexpr std::chrono::seconds stream_wait{5};  // for one of somebody's streams to end
constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view keep_alive_comment = ": keep-alive\n\n";

Method method_of(beast_http::verb verb) {
    switch (verb) {
        case beast_http::verb::get:
            return Method::get;
        case beast_http::verb::head:
            return Method::head;
        case beast_http::verb::post:
            return Method::post;
        case beast_http::verb::put:
            return Method::put;
        case beast_http::verb::delete_:
            return Method::remove;
        case beast_http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

// Several lines of one name are one list.
std::string joined(const beast_http::fields& fields, std::string_view name) {
    std::string list;
    const auto [first, last] = fields.equal_range(name);
    for (auto line = first; line != last; ++line) {
        if (!list.empty()) list += ", ";
        list.append(line->value());
    }
    return list;
}

// How the other end was received.
struct Guest {
    ConnectionLedger::Origin origin;
    Admission admission;
};

class Session final : public Connection {
  public:
    Session(Core& core, IoThread& home, tcp::socket socket, const Guest& guest)
        : core_(core),
          home_(home),
          line_(core, std::move(socket)),
          timer_(home.context()),
          guest_(guest),
          body_share_(core.bodies) {}
    ~Session() override {
        if (begun_) home_.remove(*this);
        core_.connections.close(guest_.origin, guest_.admission);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    asio::awaitable<void> serve();

    void sweep(SteadyTime now) override {
        if (!line_.is_overdue(now)) return;
        if (const auto lateness = line_.take_lateness(); !lateness.empty()) core_.rejected(lateness);
        close();
    }
    void wind_down() override {
        if (line_.is_idle()) close();
        timer_.cancel();
    }
    void close() override {
        line_.close();
        timer_.cancel();
    }

  private:
    using Phase = Transport::Phase;

    asio::awaitable<void> converse();
    asio::awaitable<bool> read_request();
    asio::awaitable<Failure> first_bytes();
    asio::awaitable<void> refuse(Failure failure);
    asio::awaitable<void> refuse_body();
    asio::awaitable<void> answer();
    asio::awaitable<void> write_response();
    asio::awaitable<void> stream();
    asio::awaitable<void> follow();

    void begin();
    void new_parser();
    void take_request();
    void take_request_id();
    void take_sender();
    void answer_busy(std::string_view why);
    void answer_no_stream(StreamLedger::Place place);
    [[nodiscard]] BodyBudget::Grant take_body_share();
    void finish_exchange();
    [[nodiscard]] ForwardedLines forwarded_lines() const;
    [[nodiscard]] Ticket find_route();
    [[nodiscard]] Ending ending() const;

    Core& core_;
    IoThread& home_;
    Transport line_;
    asio::steady_timer timer_;
    Guest guest_;
    bool begun_ = false;
    bool keeps_alive_ = true;
    Transport::Rest rest_ = Transport::Rest::none;

    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    BodyShare body_share_;
    bool peer_is_proxy_ = false;
    unsigned version_ = 11;

    // The exchange under way.
    Request request_;
    Response response_;
    std::string_view pattern_ = "-";
    std::string head_;
    SteadyTime started_{};
    std::unique_ptr<trace::Transaction> transaction_;  // none = not traced
};

void Session::begin() {
    home_.add(*this);
    begun_ = true;
    line_.open();
    peer_is_proxy_ = core_.edge.proxies.trusts(line_.peer().address);
}

asio::awaitable<void> Session::serve() {
    begin();
    const bool secured = co_await line_.secure();
    if (secured) {
        co_await converse();
    } else {
        rest_ = Transport::Rest::drained;  // it may be in the middle of speaking something else
    }
    co_await line_.part(rest_);
}

asio::awaitable<void> Session::converse() {
    if (guest_.admission != Admission::welcome) {
        take_request_id();
        take_sender();
        keeps_alive_ = false;
        rest_ = Transport::Rest::drained;
        answer_busy(guest_.admission == Admission::too_many ? "Too many connections: try again"
                                                            : "Too many connections from your address");
        co_await write_response();
    }
    while (keeps_alive_ && !core_.stopping) {
        const bool arrived = co_await read_request();
        if (!arrived) break;
        co_await answer();
    }
}

void Session::new_parser() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.settings.max_header_bytes));
    parser_->body_limit(core_.settings.max_body_bytes);
    request_ = Request{};
    response_ = Response{};
    transaction_.reset();
    pattern_ = "-";
    body_share_.release();
}

BodyBudget::Grant Session::take_body_share() {
    const auto length = parser_->content_length();
    const std::uint64_t most = core_.settings.max_body_bytes;
    return body_share_.take(length ? std::min<std::uint64_t>(*length, most) : most);
}

// Waits for the next request. An idle connection in the clear holds no buffer; through TLS only reading tells
// whether there is something, since it may have been decrypted already.
asio::awaitable<Failure> Session::first_bytes() {
    Failure failure;
    if (line_.stream().is_tls()) {
        const auto room = buffer_.prepare(first_read);
        const std::size_t read =
            co_await line_.stream().async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
        buffer_.commit(read);
    } else {
        co_await line_.socket().async_wait(tcp::socket::wait_read,
                                           asio::redirect_error(asio::use_awaitable, failure));
    }
    co_return failure;
}

// One whole request into `request_`; false when there will be none. A bad one is answered here.
asio::awaitable<bool> Session::read_request() {
    new_parser();
    Failure failure;
    if (buffer_.size() == 0) {
        if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
        line_.set_phase(Phase::idle, core_.settings.idle_timeout);
        failure = co_await first_bytes();
        if (failure) co_return false;
    }
    line_.set_phase(Phase::busy, core_.settings.header_timeout, "header_timeout");
    co_await beast_http::async_read_header(line_.stream(), buffer_, *parser_,
                                           asio::redirect_error(asio::use_awaitable, failure));
    started_ = std::chrono::steady_clock::now();
    if (!failure && !parser_->is_done()) {
        if (take_body_share() == BodyBudget::Grant::refused) {
            co_await refuse_body();
            co_return false;
        }
        line_.set_phase(Phase::busy, core_.settings.body_timeout, "body_timeout");
        if (boost::beast::iequals(parser_->get()[beast_http::field::expect], "100-continue")) {
            co_await asio::async_write(line_.stream(), asio::buffer(go_ahead),
                                       asio::redirect_error(asio::use_awaitable, failure));
        }
        if (!failure) {
            co_await beast_http::async_read(line_.stream(), buffer_, *parser_,
                                            asio::redirect_error(asio::use_awaitable, failure));
        }
    }
    if (failure) {
        co_await refuse(failure);
        co_return false;
    }
    take_request();
    co_return true;
}

void Session::take_request_id() {
    const std::string_view given = parser_ ? parser_->get()["X-Request-Id"] : boost::beast::string_view();
    request_.id = is_sane_request_id(given) ? std::string(given) : generate_id_digits();
}

void Session::take_request() {
    take_request_id();
    auto& message = parser_->get();
    if (core_.api.tracer != nullptr) {
        transaction_ = begin_trace(*core_.api.tracer, joined(message, "traceparent"),
                                   joined(message, "tracestate"), started_);
    }
    request_.method = method_of(message.method());
    set_target(request_, message.target());
    request_.authorization = message[beast_http::field::authorization];
    request_.content_type = message[beast_http::field::content_type];
    request_.accept = message[beast_http::field::accept];
    request_.origin = message[beast_http::field::origin];
    take_sender();
    request_.body = std::move(message.body());
    keeps_alive_ = message.keep_alive();
    version_ = message.version();
}

void Session::take_sender() {
    Sender sender = peer_is_proxy_ && parser_ ? core_.edge.proxies.sender_of(line_.peer(), forwarded_lines())
                                              : line_.peer();
    request_.remote_address = std::move(sender.address);
    request_.scheme = sender.scheme;
}

ForwardedLines Session::forwarded_lines() const {
    const auto& fields = parser_->get();
    return {joined(fields, "X-Forwarded-For"), joined(fields, "X-Forwarded-Proto"),
            joined(fields, "Forwarded")};
}

// A request that could not be read. Who vanished, or was too slow, gets no answer.
asio::awaitable<void> Session::refuse(Failure failure) {
    keeps_alive_ = false;
    const bool spoke_badly =
        failure.category() == make_error_code(beast_http::error::bad_method).category() &&
        failure != beast_http::error::end_of_stream && failure != beast_http::error::partial_message;
    if (!spoke_badly || !line_.socket().is_open()) co_return;
    take_request_id();
    take_sender();
    const Done heard =
        core_.limits.admit(Traffic::ordinary, request_.remote_address, SteadyTime::clock::now());
    if (!heard) co_return;
    rest_ = Transport::Rest::drained;
    request_.method = method_of(parser_->get().method());
    if (failure == beast_http::error::body_limit) {
        const std::string limit = std::to_string(core_.settings.max_body_bytes);
        const Error error(ErrorCode::body_too_large, "The body has more than " + limit + " bytes");
        response_ = error_response(error, request_.id);
        core_.rejected("body_too_large");
    } else if (failure == beast_http::error::header_limit) {
        core_.rejected("header_too_large");
        response_ = error_response(TransportFault::header_too_large, request_.id);
    } else {
        core_.rejected("malformed");
        response_ = error_response(TransportFault::malformed_request, request_.id);
    }
    co_await write_response();
}

// Before a byte of it is read.
asio::awaitable<void> Session::refuse_body() {
    keeps_alive_ = false;
    rest_ = Transport::Rest::drained;
    core_.rejected("bodies");
    take_request_id();
    take_sender();
    request_.method = method_of(parser_->get().method());
    answer_busy("Too many large bodies at once: try again");
    co_await write_response();
}

void Session::answer_busy(std::string_view why) {
    response_ = error_response(Error{ErrorCode::not_ready, std::string(why)}, request_.id);
}

Ticket Session::find_route() {
    const trace::Activation active(transaction_.get());
    return core_.dispatcher.route(request_);
}

asio::awaitable<void> Session::answer() {
    line_.wait_without_deadline(Phase::busy);
    Ticket ticket = find_route();
    pattern_ = ticket.pattern();
    if (ticket.answer) {
        response_ = std::move(*ticket.answer);
    } else {
        RunRoute work(core_.dispatcher, *ticket.route, request_, transaction_.get());
        WorkPool& pool = core_.pool_for(*ticket.route);
        const Hop hop = co_await offload(pool, home_.context(), work);
        if (hop == Hop::done) {
            response_ = work.take();
        } else {
            core_.rejected("requests");
            answer_busy("Too many requests at once: try again");
        }
    }
    if (response_.events && request_.method != Method::head) {
        co_await stream();
    } else {
        co_await write_response();
    }
}

Ending Session::ending() const {
    return keeps_alive_ && !core_.stopping ? Ending::keep_alive : Ending::close;
}

// The one line a request leaves in the log, its figures and its trace. Whoever is turned away must not fill
// the disk.
void Session::finish_exchange() {
    const trace::Activation active(transaction_.get());
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_);
    const std::string_view method = to_string(request_.method);
    const std::string_view user = request_.caller ? std::string_view(request_.caller->user.text()) : "-";
    const bool flood = guest_.admission != Admission::welcome || response_.status == status_too_many;
    core_.log.write(flood ? LogLevel::debug : LogLevel::info, "http.request",
                    {{"id", request_.id},
                     {"method", method},
                     {"route", pattern_},
                     {"status", response_.status},
                     {"ms", static_cast<double>(took.count()) / 1000.0},
                     {"from", request_.remote_address},
                     {"user", user}});
    if (core_.api.observer != nullptr)
        core_.api.observer->on_request(method, pattern_, response_.status, took);
    end_trace(std::move(transaction_), request_, pattern_, response_.status);
}

asio::awaitable<void> Session::write_response() {
    if (response_.events) keeps_alive_ = false;  // HEAD of a stream: its length is not known
    const Ending how = ending();
    if (how == Ending::close) keeps_alive_ = false;
    show_trace(transaction_.get(), response_);
    core_.edge.cross_origin.mark(request_, response_);
    const Framing framing = response_.events ? Framing::to_end : Framing::length;
    head_ = response_head(response_, {request_.id, framing, how, request_.scheme});
    finish_exchange();
    line_.set_phase(Phase::busy, core_.settings.write_timeout, "write_timeout");
    const std::string_view body = request_.method == Method::head ? std::string_view() : response_.body;
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(body)};
    Failure failure;
    co_await asio::async_write(line_.stream(), parts, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) keeps_alive_ = false;
}

asio::awaitable<void> Session::stream() {
    const StreamSlot slot(core_, request_.caller->user);
    if (slot.place() == StreamLedger::Place::taken) {
        co_await follow();
        finish_exchange();
    } else {
        response_.events.reset();
        answer_no_stream(slot.place());
        co_await write_response();
    }
}

void Session::answer_no_stream(StreamLedger::Place place) {
    if (place == StreamLedger::Place::none_left) return answer_busy("Too many event streams: try again");
    const Error error(ErrorCode::rate_limited, "You have too many event streams open", stream_wait);
    response_ = error_response(error, request_.id);
}

// Asks the source again and again, and passes on what it says. The connection ends with the stream.
asio::awaitable<void> Session::follow() {
    keeps_alive_ = false;
    show_trace(transaction_.get(), response_);
    const Framing framing = version_ >= 11 ? Framing::chunked : Framing::to_end;
    core_.edge.cross_origin.mark(request_, response_);
    head_ = response_head(response_, {request_.id, framing, Ending::close, request_.scheme});
    bool fine = co_await line_.send(head_);
    PollEvents poll(*response_.events);
    SteadyTime last_word = std::chrono::steady_clock::now();
    bool at_end = false;
    while (fine && !at_end && !core_.stopping) {
        const bool gone = co_await line_.peer_is_gone();
        if (gone) break;
        const Hop hop = co_await offload(core_.pool, home_.context(), poll);
        std::string text = hop == Hop::done ? poll.batch().text : std::string();
        at_end = hop == Hop::done && poll.batch().then == EventSource::Then::end;
        const SteadyTime now = std::chrono::steady_clock::now();
        if (text.empty() && now - last_word >= core_.settings.event_keep_alive) text = keep_alive_comment;
        if (!text.empty()) {
            last_word = now;
            if (framing == Framing::chunked) text = chunk(text);
            fine = co_await line_.send(text);
        }
        if (at_end || core_.stopping) continue;
        Failure ignored;
        timer_.expires_after(core_.settings.event_interval);
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (!fine || framing != Framing::chunked) co_return;
    head_ = last_chunk;
    co_await line_.send(head_);
}

asio::awaitable<void> run(std::unique_ptr<Session> session) {
    co_await session->serve();
}

}  // namespace

void open_session(Core& core, IoThread& home, tcp::socket socket) {
    Failure ignored;
    const std::string address = canonical_address(socket.remote_endpoint(ignored).address().to_string());
    Guest guest{.origin = {.group = address_group(address)}, .admission = Admission::dropped};
    if (core.edge.proxies.trusts(address)) guest.origin.shared = ConnectionLedger::Shared::yes;
    guest.admission = core.connections.open(guest.origin);
    if (guest.admission == Admission::dropped) return;
    auto session = std::make_unique<Session>(core, home, std::move(socket), guest);
    asio::co_spawn(home.context(), run(std::move(session)), LogBug(core));
}

}  // namespace mim::http
