// Log events as lines on standard error, through spdlog. The only place that knows spdlog.
#pragma once

#include <memory>

#include "base/log.hpp"

namespace mim::drivers {

enum class LogFormat { text, json };

// What the thread that writes a line works for: added to it as `trace.id` and `transaction.id`. Empty =
// nothing.
struct LogTrace {
    std::string_view trace;
    std::string_view transaction;
};
using CurrentTrace = LogTrace (*)();

// One line an event: time, level, event, fields, trace. Thread-safe. Never throws: what cannot be written is
// dropped.
[[nodiscard]] std::unique_ptr<Logger> create_logger(LogLevel least, LogFormat format,
                                                    CurrentTrace current = nullptr);

}  // namespace mim::drivers
