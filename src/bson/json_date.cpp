#include "bson/json_date.hpp"

#include <chrono>

#include "base/ascii.hpp"

namespace mim::bson {
namespace {

class Scanner {
  public:
    explicit Scanner(std::string_view text) : left_(text) {}

    bool take(char letter) {
        if (!left_.starts_with(letter)) return false;
        left_.remove_prefix(1);
        return true;
    }
    // Exactly `count` digits, for a number up to `most`.
    std::optional<int> digits(std::size_t count, int most) {
        if (left_.size() < count) return std::nullopt;
        int number = 0;
        for (const char digit : left_.substr(0, count)) {
            if (!ascii::is_digit(digit)) return std::nullopt;
            number = number * 10 + (digit - '0');
        }
        left_.remove_prefix(count);
        return number <= most ? std::optional(number) : std::nullopt;
    }
    // One to three digits behind a point, as milliseconds.
    std::optional<int> fraction() {
        int number = 0;
        std::size_t count = 0;
        for (; count < 3 && !left_.empty() && ascii::is_digit(left_.front()); ++count) {
            number = number * 10 + (left_.front() - '0');
            left_.remove_prefix(1);
        }
        if (count == 0) return std::nullopt;
        for (; count < 3; ++count) number *= 10;
        return number;
    }
    [[nodiscard]] bool at_end() const { return left_.empty(); }

  private:
    std::string_view left_;
};

using std::chrono::milliseconds;

std::optional<std::chrono::sys_days> day(Scanner& scanner) {
    const auto year = scanner.digits(4, 9999);
    if (!year || !scanner.take('-')) return std::nullopt;
    const auto month = scanner.digits(2, 12);
    if (!month || !scanner.take('-')) return std::nullopt;
    const auto of_month = scanner.digits(2, 31);
    if (!of_month) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*of_month))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<milliseconds> time_of_day(Scanner& scanner) {
    const auto hour = scanner.digits(2, 23);
    if (!hour || !scanner.take(':')) return std::nullopt;
    const auto minute = scanner.digits(2, 59);
    if (!minute) return std::nullopt;
    std::optional<int> second = 0, fraction = 0;
    if (scanner.take(':')) {
        second = scanner.digits(2, 60);  // a leap second is the next minute's first
        if (scanner.take('.')) fraction = scanner.fraction();
    }
    if (!second || !fraction) return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second) +
           milliseconds(*fraction);
}

std::optional<milliseconds> offset(Scanner& scanner) {
    if (scanner.take('Z')) return milliseconds(0);
    const bool ahead = scanner.take('+');
    if (!ahead && !scanner.take('-')) return std::nullopt;
    const auto hours = scanner.digits(2, 23);
    scanner.take(':');
    const auto minutes = scanner.digits(2, 59);
    if (!hours || !minutes) return std::nullopt;
    const milliseconds span = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return ahead ? span : -span;
}

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    Scanner scanner(text);
    const auto date = day(scanner);
    if (!date || !scanner.take('T')) return std::nullopt;
    const auto time = time_of_day(scanner);
    const auto ahead = time ? offset(scanner) : std::nullopt;
    if (!ahead || !scanner.at_end()) return std::nullopt;
    return (std::chrono::sys_time<milliseconds>(*date) + *time - *ahead).time_since_epoch().count();
}

}  // namespace mim::bson
