#include "drivers/log/log.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"

namespace mim::drivers {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "info";
}

std::string in_quotes(std::string_view text) {
    return boost::json::serialize(boost::json::string(text));
}

// A plain word stays bare in text lines; anything that could break the line is quoted.
bool is_plain(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text) {
        if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7F) return false;
    }
    return true;
}

void append_value(fmt::memory_buffer& line, const LogField& field, LogFormat format) {
    auto out = std::back_inserter(line);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        fmt::format_to(out, "{}", *number);
    } else if (const auto* real = std::get_if<double>(&field.value)) {
        fmt::format_to(out, "{:.3f}", *real);
    } else {
        const auto& text = std::get<std::string>(field.value);
        fmt::format_to(out, "{}", format == LogFormat::text && is_plain(text) ? text : in_quotes(text));
    }
}

void append_field(fmt::memory_buffer& line, const LogField& field, LogFormat format) {
    auto out = std::back_inserter(line);
    if (format == LogFormat::json) {
        fmt::format_to(out, R"(,"{}":)", field.name);
    } else {
        fmt::format_to(out, " {}=", field.name);
    }
    append_value(line, field, format);
}

class LineLogger final : public Logger {
  public:
    LineLogger(LogLevel least, LogFormat format, CurrentTrace current)
        : format_(format),
          current_(current),
          logger_("mim", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger_.set_pattern("%v");
        logger_.set_level(level_of(least));
        logger_.set_error_handler([](const std::string&) {});
    }

    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
        if (!logger_.should_log(level_of(level))) return;
        fmt::memory_buffer line;
        const std::string time = to_rfc3339(system_clock().now());
        auto out = std::back_inserter(line);
        if (format_ == LogFormat::json) {
            fmt::format_to(out, R"({{"time":"{}","level":"{}","event":"{}")", time, name_of(level), event);
        } else {
            fmt::format_to(out, "{} {} {}", time, name_of(level), event);
        }
        for (const auto& field : fields) append_field(line, field, format_);
        if (const LogTrace trace = current_ != nullptr ? current_() : LogTrace{}; !trace.trace.empty()) {
            append_field(line, {"trace.id", trace.trace}, format_);
            append_field(line, {"transaction.id", trace.transaction}, format_);
        }
        if (format_ == LogFormat::json) line.push_back('}');
        logger_.log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
    }

  private:
    LogFormat format_;
    CurrentTrace current_;
    spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Logger> create_logger(LogLevel least, LogFormat format, CurrentTrace current) {
    return std::make_unique<LineLogger>(least, format, current);
}

}  // namespace mim::drivers
