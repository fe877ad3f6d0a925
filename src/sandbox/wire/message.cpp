#include "sandbox/wire/message.hpp"

#include "sandbox/wire/op_msg.hpp"
#include "sandbox/wire/op_query.hpp"
#include "sandbox/wire/reader.hpp"

namespace mim::sandbox::wire {
namespace {

constexpr std::int32_t op_reply = 1;
constexpr std::int32_t op_query = 2004;
constexpr std::int32_t op_msg = 2013;

void put_int32(std::vector<std::uint8_t>& out, std::int32_t number) {
    const auto bits = static_cast<std::uint32_t>(number);
    for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(bits >> shift));
}

void put_header(std::vector<std::uint8_t>& out, std::size_t body, std::int32_t response_to,
                std::int32_t op_code) {
    out.reserve(header_size + body);
    put_int32(out, static_cast<std::int32_t>(header_size + body));
    put_int32(out, 0);
    put_int32(out, response_to);
    put_int32(out, op_code);
}

}  // namespace

Result<std::size_t> announced_length(std::span<const std::uint8_t> header) {
    const auto length = Reader(header).int32();
    if (!length || *length < static_cast<std::int32_t>(header_size))
        return malformed("a message shorter than its header");
    if (static_cast<std::size_t>(*length) > largest_message)
        return malformed("a message longer than 48000000 bytes");
    return static_cast<std::size_t>(*length);
}

Result<Message> parse(std::span<const std::uint8_t> bytes) {
    MIM_TRY(length, announced_length(bytes));
    if (length != bytes.size() || length < header_size)
        return malformed("the message's length is not what it announces");
    Reader header(bytes.subspan(4));
    const auto request_id = header.int32(), response_to = header.int32(), op_code = header.int32();
    if (!request_id || !response_to || !op_code) return malformed("a message without a header");
    if (*op_code == op_msg) return parse_op_msg(bytes, *request_id);
    if (*op_code == op_query) return parse_op_query(bytes, *request_id);
    return malformed("an operation that is neither OP_MSG nor OP_QUERY");
}

std::vector<std::uint8_t> encode_reply(Form form, std::int32_t response_to, bson::DocumentView reply) {
    std::vector<std::uint8_t> out;
    const auto document = reply.bytes();
    if (form == Form::op_msg) {
        put_header(out, 4 + 1 + document.size(), response_to, op_msg);
        put_int32(out, 0);  // flags
        out.push_back(0);   // a section of kind 0
    } else {
        constexpr std::int32_t await_capable = 8;
        put_header(out, 20 + document.size(), response_to, op_reply);
        put_int32(out, await_capable);
        put_int32(out, 0);  // cursor id, two halves
        put_int32(out, 0);
        put_int32(out, 0);  // starting from
        put_int32(out, 1);  // documents
    }
    out.insert(out.end(), document.begin(), document.end());
    return out;
}

}  // namespace mim::sandbox::wire
