// The write concern of a command, judged as a standalone server or a mongos judges it; nothing here is ever
// written elsewhere, so it has no other effect. Source: mongo src/mongo/db/write_concern.cpp and
// write_concern_options.cpp.
#pragma once

#include "sandbox/instance.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox {

[[nodiscard]] Accepted check_write_concern(const Instance& instance, const Request& request);

}  // namespace mim::sandbox
