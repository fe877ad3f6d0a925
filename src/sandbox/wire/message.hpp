// MongoDB's wire protocol: one whole message to a request, a reply document to bytes. Pure; every length is
// checked, so hostile bytes give an error and nothing else. Source: MongoDB Wire Protocol specification
// (OP_MSG, OP_QUERY, OP_REPLY).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bson/document.hpp"

namespace mim::sandbox::wire {

inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t largest_message = 48'000'000;  // maxMessageSizeBytes of a real server

enum class Form { op_msg, op_query };

struct Message {
    std::int32_t request_id = 0;
    Form form = Form::op_msg;
    enum class Wants {
        reply,
        nothing
    } wants = Wants::reply;  // OP_MSG's moreToCome: the sender does not listen
    std::string database;    // from `$db`, or from OP_QUERY's namespace
    bson::Document body;     // the command, with every document sequence put in as an array
};

// The length that the header announces; an error when it is below a header or above the limit.
[[nodiscard]] Result<std::size_t> announced_length(std::span<const std::uint8_t> header);
// `bytes` is one whole message with its header.
[[nodiscard]] Result<Message> parse(std::span<const std::uint8_t> bytes);

// The reply in the form of the question.
[[nodiscard]] std::vector<std::uint8_t> encode_reply(Form form, std::int32_t response_to,
                                                     bson::DocumentView reply);

}  // namespace mim::sandbox::wire
