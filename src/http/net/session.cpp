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
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/id.hpp"
#include "http/error_table.hpp"
#include "http/net/event_feed.hpp"
#include "http/net/exchange_trace.hpp"
#include "http/net/log_bug.hpp"
#include "http/net/offload.hpp"
#include "http/net/request_reader.hpp"
#include "http/net/session_work.hpp"
#include "http/net/transport.hpp"
#include "http/net/wire.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr unsigned status_too_many = 429;
constexpr std::chrono::seconds stream_wait{5};  // for one of somebody's streams to end

// How the other end was received, and its place among the connections for as long as this lives.
class Guest {
  public:
    Guest(ConnectionLedger& connections, const ConnectionLedger::Origin& origin)
        : connections_(connections), origin_(origin), admission_(connections.open(origin)) {}
    ~Guest() {
        if (admission_ != Admission::dropped) connections_.close(origin_, admission_);
    }
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;
    [[nodiscard]] Admission admission() const { return admission_; }

  private:
    ConnectionLedger& connections_;
    ConnectionLedger::Origin origin_;
    Admission admission_;
};

class Session final : public Connection {
  public:
    Session(Core& core, IoThread& home, tcp::socket socket, std::unique_ptr<const Guest> guest)
        : core_(core),
          home_(home),
          line_(core, std::move(socket)),
          reader_(core, line_),
          feed_(core, home, line_),
          guest_(std::move(guest)) {}
    ~Session() override {
        if (begun_) home_.remove(*this);
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
        feed_.wake();
    }
    void close() override {
        line_.close();
        feed_.wake();
    }

  private:
    using Phase = Transport::Phase;

    asio::awaitable<void> converse();
    asio::awaitable<void> refuse(RequestReader::Arrival arrival);
    asio::awaitable<void> answer();
    asio::awaitable<void> write_response();
    asio::awaitable<void> stream();
    asio::awaitable<void> follow();

    void begin();
    void take_request();
    void take_request_id();
    void take_sender();
    [[nodiscard]] Response busy(std::string_view why) const;
    [[nodiscard]] Response no_stream(StreamLedger::Place place) const;
    void forget_exchange();
    void finish_exchange();
    [[nodiscard]] Response refusal(RequestReader::Arrival arrival);
    [[nodiscard]] Ticket find_route();
    [[nodiscard]] Ending ending() const;

    Core& core_;
    IoThread& home_;
    Transport line_;
    RequestReader reader_;
    EventFeed feed_;
    std::unique_ptr<const Guest> guest_;
    bool begun_ = false;
    bool keeps_alive_ = true;
    Transport::Rest rest_ = Transport::Rest::none;

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
    started_ = std::chrono::steady_clock::now();
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
    if (guest_->admission() != Admission::welcome) {
        take_request_id();
        take_sender();
        keeps_alive_ = false;
        rest_ = Transport::Rest::drained;
        response_ =
            busy(guest_->admission() == Admission::too_many ? "Too many connections: try again"
                                                            : "Too many connections from your address");
        co_await write_response();
    }
    while (keeps_alive_ && !core_.stopping) {
        forget_exchange();
        const RequestReader::Arrival arrival = co_await reader_.next();
        if (arrival != RequestReader::Arrival::whole) {
            co_await refuse(arrival);
            break;
        }
        take_request();
        co_await answer();
    }
}

void Session::forget_exchange() {
    request_ = Request{};
    response_ = Response{};
    transaction_.reset();
    pattern_ = "-";
}

void Session::take_request_id() {
    std::string_view given;
    if (const Message* message = reader_.message()) given = (*message)["X-Request-Id"];
    request_.id = is_sane_request_id(given) ? std::string(given) : generate_id_digits();
}

void Session::take_request() {
    Message& message = *reader_.message();
    started_ = reader_.arrived();
    if (core_.api.tracer != nullptr) {
        transaction_ = begin_trace(*core_.api.tracer, joined_lines(message, "traceparent"),
                                   joined_lines(message, "tracestate"), started_);
    }
    request_ = mim::http::take_request(message);
    take_request_id();
    take_sender();
    keeps_alive_ = message.keep_alive();
    version_ = message.version();
}

void Session::take_sender() {
    const Message* message = peer_is_proxy_ ? reader_.message() : nullptr;
    Sender sender = message != nullptr ? core_.edge.proxies.sender_of(line_.peer(), forwarded_lines(*message))
                                       : line_.peer();
    request_.remote_address = std::move(sender.address);
    request_.scheme = sender.scheme;
}

// A request that could not be read whole.
asio::awaitable<void> Session::refuse(RequestReader::Arrival arrival) {
    keeps_alive_ = false;
    if (arrival == RequestReader::Arrival::gone) co_return;
    started_ = reader_.arrived();
    take_request_id();
    take_sender();
    request_.method = method_of(*reader_.message());
    if (arrival != RequestReader::Arrival::no_room) {
        const Done heard =
            core_.limits.admit(Traffic::ordinary, request_.remote_address, SteadyTime::clock::now());
        if (!heard) co_return;
    }
    rest_ = Transport::Rest::drained;
    response_ = refusal(arrival);
    co_await write_response();
}

Response Session::refusal(RequestReader::Arrival arrival) {
    switch (arrival) {
        case RequestReader::Arrival::body_too_large: {
            core_.rejected("body_too_large");
            const std::string limit = std::to_string(core_.settings.max_body_bytes);
            const Error error(ErrorCode::body_too_large, "The body has more than " + limit + " bytes");
            return error_response(error, request_.id);
        }
        case RequestReader::Arrival::header_too_large:
            core_.rejected("header_too_large");
            return error_response(TransportFault::header_too_large, request_.id);
        case RequestReader::Arrival::no_room:
            core_.rejected("bodies");
            return busy("Too many large bodies at once: try again");
        default:
            core_.rejected("malformed");
            return error_response(TransportFault::malformed_request, request_.id);
    }
}

Response Session::busy(std::string_view why) const {
    return error_response(Error{ErrorCode::not_ready, std::string(why)}, request_.id);
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
            response_ = busy("Too many requests at once: try again");
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
    const bool flood = guest_->admission() != Admission::welcome || response_.status == status_too_many;
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
        response_ = no_stream(slot.place());
        co_await write_response();
    }
}

Response Session::no_stream(StreamLedger::Place place) const {
    if (place == StreamLedger::Place::none_left) return busy("Too many event streams: try again");
    const Error error(ErrorCode::rate_limited, "You have too many event streams open", stream_wait);
    return error_response(error, request_.id);
}

// The connection ends with the stream.
asio::awaitable<void> Session::follow() {
    keeps_alive_ = false;
    show_trace(transaction_.get(), response_);
    const Framing framing = version_ >= 11 ? Framing::chunked : Framing::to_end;
    core_.edge.cross_origin.mark(request_, response_);
    head_ = response_head(response_, {request_.id, framing, Ending::close, request_.scheme});
    const bool fine = co_await line_.send(head_);
    if (fine) co_await feed_.run(*response_.events, framing);
}

asio::awaitable<void> run(std::unique_ptr<Session> session) {
    co_await session->serve();
}

}  // namespace

void open_session(Core& core, IoThread& home, tcp::socket socket) {
    Failure ignored;
    const std::string address = canonical_address(socket.remote_endpoint(ignored).address().to_string());
    ConnectionLedger::Origin origin{.group = address_group(address)};
    if (core.edge.proxies.trusts(address)) origin.shared = ConnectionLedger::Shared::yes;
    auto guest = std::make_unique<const Guest>(core.connections, origin);
    if (guest->admission() == Admission::dropped) return;
    auto session = std::make_unique<Session>(core, home, std::move(socket), std::move(guest));
    asio::co_spawn(home.context(), run(std::move(session)), LogBug(core));
}

}  // namespace mim::http
