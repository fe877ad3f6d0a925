#include "http/net/request_reader.hpp"

#include <algorithm>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

namespace mim::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;

constexpr std::size_t kept_buffer = 16UL * 1024;
constexpr std::size_t first_read = 4UL * 1024;
constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

void RequestReader::begin() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.settings.max_header_bytes));
    parser_->body_limit(core_.settings.max_body_bytes);
    body_share_.release();
}

BodyBudget::Grant RequestReader::take_body_share() {
    const auto length = parser_->content_length();
    const std::uint64_t most = core_.settings.max_body_bytes;
    return body_share_.take(length ? std::min<std::uint64_t>(*length, most) : most);
}

// Who has connected and says nothing takes a place from others, and keeps it no longer than a slow header
// does. An idle connection in the clear holds no buffer; through TLS only reading tells whether there is
// something, since it may have been decrypted already.
asio::awaitable<RequestReader::Failure> RequestReader::first_bytes() {
    Failure failure;
    if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
    if (has_spoken_) {
        line_.set_phase(Transport::Phase::idle, core_.settings.idle_timeout);
    } else {
        line_.set_phase(Transport::Phase::idle, core_.settings.header_timeout, "header_timeout");
    }
    if (line_.stream().is_tls()) {
        const auto room = buffer_.prepare(first_read);
        const std::size_t read =
            co_await line_.stream().async_read_some(room, asio::redirect_error(asio::use_awaitable, failure));
        buffer_.commit(read);
    } else {
        co_await line_.socket().async_wait(Stream::Socket::wait_read,
                                           asio::redirect_error(asio::use_awaitable, failure));
    }
    co_return failure;
}

asio::awaitable<RequestReader::Failure> RequestReader::header() {
    Failure failure;
    line_.set_phase(Transport::Phase::busy, core_.settings.header_timeout, "header_timeout");
    co_await beast_http::async_read_header(line_.stream(), buffer_, *parser_,
                                           asio::redirect_error(asio::use_awaitable, failure));
    arrived_ = std::chrono::steady_clock::now();
    co_return failure;
}

asio::awaitable<RequestReader::Failure> RequestReader::body() {
    Failure failure;
    line_.set_phase(Transport::Phase::busy, core_.settings.body_timeout, "body_timeout");
    if (boost::beast::iequals(parser_->get()[beast_http::field::expect], "100-continue")) {
        co_await asio::async_write(line_.stream(), asio::buffer(go_ahead),
                                   asio::redirect_error(asio::use_awaitable, failure));
        if (failure) co_return failure;
    }
    co_await beast_http::async_read(line_.stream(), buffer_, *parser_,
                                    asio::redirect_error(asio::use_awaitable, failure));
    co_return failure;
}

asio::awaitable<RequestReader::Arrival> RequestReader::next() {
    begin();
    Failure failure;
    if (buffer_.size() == 0) {
        failure = co_await first_bytes();
        if (failure) co_return Arrival::gone;
    }
    failure = co_await header();
    if (!failure && !parser_->is_done()) {
        if (take_body_share() == BodyBudget::Grant::refused) co_return Arrival::no_room;
        failure = co_await body();
    }
    if (failure) co_return what(failure);
    has_spoken_ = true;
    co_return Arrival::whole;
}

RequestReader::Arrival RequestReader::what(Failure failure) {
    const bool spoke_badly =
        failure.category() == make_error_code(beast_http::error::bad_method).category() &&
        failure != beast_http::error::end_of_stream && failure != beast_http::error::partial_message;
    if (!spoke_badly || !line_.socket().is_open()) return Arrival::gone;
    if (failure == beast_http::error::body_limit) return Arrival::body_too_large;
    if (failure == beast_http::error::header_limit) return Arrival::header_too_large;
    return Arrival::malformed;
}

}  // namespace mim::http
