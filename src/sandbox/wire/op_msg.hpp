// OP_MSG: flags, sections of kind 0 and 1, optional checksum.
#pragma once

#include "sandbox/wire/message.hpp"

namespace mim::sandbox::wire {

[[nodiscard]] Result<Message> parse_op_msg(std::span<const std::uint8_t> bytes, std::int32_t request_id);

}  // namespace mim::sandbox::wire
