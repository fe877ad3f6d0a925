#include "base/time.hpp"

#include <charconv>
#include <cstdio>

namespace mim {
namespace {

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    if (from + count > text.size()) return std::nullopt;
    const char* begin = text.data() + from;
    const auto [end, failure] = std::from_chars(begin, begin + count, value);
    if (failure != std::errc{} || end != begin + count || value < 0) return std::nullopt;
    return value;
}

std::optional<int> milliseconds_after_seconds(std::string_view text) {
    constexpr std::size_t after_seconds = 19;
    if (text.substr(after_seconds) == "Z") return 0;
    if (text.size() != after_seconds + 5 || text[after_seconds] != '.' || text.back() != 'Z')
        return std::nullopt;
    return digits(text, after_seconds + 1, 3);
}

}  // namespace

std::string to_rfc3339(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return buffer;
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':')
        return std::nullopt;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    const auto millisecond = milliseconds_after_seconds(text);
    if (!year || !month || !day || !hour || !minute || !second || !millisecond) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return Timestamp{std::chrono::sys_days{date}.time_since_epoch()} + std::chrono::hours{*hour} +
           std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
           std::chrono::milliseconds{*millisecond};
}

}  // namespace mim
