#include "sandbox/connection.hpp"

#include <algorithm>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "sandbox/dispatcher.hpp"

namespace mim::sandbox {
namespace {

constexpr std::size_t first_piece = 64 * 1024;
constexpr std::size_t buffer_worth_keeping = 1024 * 1024;

std::string address_of(const boost::asio::ip::tcp::socket& socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    return error ? "unknown" : endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
}

}  // namespace

Connection::Connection(Instance& instance, boost::asio::ip::tcp::socket socket)
    : instance_(&instance), socket_(std::move(socket)), open_connections_(instance.open_connections) {
    ++*open_connections_;
    client_->id = ++instance.last_connection_id;
    client_->address = address_of(socket_);
}

Connection::~Connection() {
    --*open_connections_;
}

void Connection::start() {
    boost::system::error_code ignored;  // without it replies are merely slower
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    read_header();
}

void Connection::read_header() {
    if (input_.capacity() > buffer_worth_keeping) std::vector<std::uint8_t>().swap(input_);
    input_.resize(wire::header_size);
    boost::asio::async_read(socket_, boost::asio::buffer(input_),
                            [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                                if (error) return;
                                const auto length = wire::announced_length(self->input_);
                                if (!length) return self->close_malformed(length.error());
                                self->read_body(*length, wire::header_size);
                            });
}

// In pieces that double: a client that announces much and sends little does not make us reserve much.
void Connection::read_body(std::size_t length, std::size_t have) {
    if (have == length) return handle();
    const std::size_t next = std::min(length, std::max(first_piece, 2 * have));
    input_.resize(next);
    boost::asio::async_read(
        socket_, boost::asio::buffer(input_.data() + have, next - have),
        [self = shared_from_this(), length, next](const boost::system::error_code& error, std::size_t) {
            if (!error) self->read_body(length, next);
        });
}

void Connection::handle() {
    auto message = wire::parse(input_);
    if (!message) return close_malformed(message.error());
    if (message->body.empty()) return close_malformed({ErrorCode::invalid_input, "a command without a name"});
    auto request = std::make_shared<Request>();
    request->body = std::move(message->body);
    request->command = std::string((*request->body.begin()).key());
    request->database = message->database;
    request->client = client_;
    if (message->form == wire::Form::op_query) request->handshake = Handshake::legacy;
    dispatch(*instance_, std::move(request),
             [self = shared_from_this(), question = std::move(*message)](
                 std::optional<bson::Document> reply) { self->answer(question, std::move(reply)); });
}

void Connection::answer(const wire::Message& question, std::optional<bson::Document> reply) {
    boost::system::error_code ignored;  // it is being closed anyway
    if (!reply) {
        socket_.close(ignored);
        return;
    }
    if (question.wants == wire::Message::Wants::nothing) return read_header();
    output_ = wire::encode_reply(question.form, question.request_id, *reply);
    boost::asio::async_write(
        socket_, boost::asio::buffer(output_),
        [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
            if (!error) self->read_header();
        });
}

void Connection::close_malformed(const Error& error) {
    instance_->log->warning("sandbox_malformed_message",
                            {{"client", client_->address}, {"reason", error.message}});
    boost::system::error_code ignored;  // it is being closed anyway
    socket_.close(ignored);
}

}  // namespace mim::sandbox
