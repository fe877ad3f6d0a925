#include "index/definition/whole_number.hpp"

#include <cmath>
#include <limits>

namespace mim::index {

std::int64_t whole_number(const bson::ValueView& value) {
    if (const auto exact = value.integer()) return *exact;
    using Limits = std::numeric_limits<std::int64_t>;
    const double number = value.number().value_or(0);
    if (std::isnan(number)) return 0;
    const double whole = value.type() == bson::Type::decimal128 ? std::nearbyint(number) : std::trunc(number);
    constexpr double beyond = 9223372036854775808.0;  // 2^63
    if (whole >= beyond) return Limits::max();
    if (whole < -beyond) return Limits::min();
    return static_cast<std::int64_t>(whole);
}

}  // namespace mim::index
