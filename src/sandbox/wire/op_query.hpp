// OP_QUERY, which clients still use for their very first handshake.
#pragma once

#include "sandbox/wire/message.hpp"

namespace mim::sandbox::wire {

[[nodiscard]] Result<Message> parse_op_query(std::span<const std::uint8_t> bytes, std::int32_t request_id);

}  // namespace mim::sandbox::wire
