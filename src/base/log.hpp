// Structured log events: a fixed name and typed fields. The port; drivers/ writes them out. Thread-safe,
// never blocks for long, never throws. A Secret cannot become a field.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace mim {

enum class LogLevel { debug, info, warning, error };

struct LogField {
    std::string_view name;
    std::variant<std::string, std::int64_t, double> value;

    LogField(std::string_view field, std::string_view text) : name(field), value(std::string(text)) {}
    LogField(std::string_view field, const std::string& text) : name(field), value(text) {}
    LogField(std::string_view field, const char* text) : name(field), value(std::string(text)) {}
    LogField(std::string_view field, std::integral auto number)
        : name(field), value(static_cast<std::int64_t>(number)) {}
    LogField(std::string_view field, double number) : name(field), value(number) {}
};

class Logger {
  public:
    virtual ~Logger() = default;
    virtual void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) = 0;

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::error, event, fields);
    }
};

// Writes nothing; for tests and tools.
[[nodiscard]] Logger& silent_logger();

}  // namespace mim
