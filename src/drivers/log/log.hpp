// Log events as lines on standard error, through spdlog. The only place that knows spdlog.
#pragma once

#include <memory>

#include "base/log.hpp"

namespace mim::drivers {

enum class LogFormat { text, json };

// One line an event: time, level, event, fields. Thread-safe. Never throws: what cannot be written is
// dropped.
[[nodiscard]] std::unique_ptr<Logger> create_logger(LogLevel least, LogFormat format);

}  // namespace mim::drivers
