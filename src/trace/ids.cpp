#include "trace/ids.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <string>

#include "base/ascii.hpp"

namespace mim::trace {
namespace {

constexpr int digits_a_draw = 16;
// "mims": in front of a sync's 24 digits.
constexpr std::string_view sync_mark = "6d696d73";

std::uint64_t draw() {
    thread_local std::mt19937_64 chance = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return chance();
}

// As the standard writes them: in lower case.
bool is_hex(char digit) {
    return ascii::hex_digits.find(digit) != std::string_view::npos;
}

std::string sixteen_digits(std::uint64_t number) {
    std::string text(digits_a_draw, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number >>= 4U)
        *digit = ascii::hex_digits[number & 15U];
    return text;
}

}  // namespace

template <std::size_t Digits, class Tag>
HexId<Digits, Tag> HexId<Digits, Tag>::generate() {
    std::string text;
    while (text.size() < Digits) text += sixteen_digits(draw());
    const auto id = parse(text);
    return id ? *id : generate();
}

template <std::size_t Digits, class Tag>
std::optional<HexId<Digits, Tag>> HexId<Digits, Tag>::parse(std::string_view text) {
    if (text.size() != Digits || !std::ranges::all_of(text, is_hex)) return std::nullopt;
    if (text.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
    HexId id;
    std::ranges::copy(text, id.digits_.begin());
    return id;
}

template class HexId<32, TraceTag>;
template class HexId<16, EventTag>;
template class HexId<32, ErrorTag>;

TraceId trace_of(const SyncId& sync) {
    const auto id = TraceId::parse(std::string(sync_mark) + sync.text());
    return id ? *id : TraceId::generate();
}

EventId run_of(const SyncId& sync, std::int64_t fence) {
    const std::string_view end = std::string_view(sync.text()).substr(sync.text().size() - digits_a_draw);
    std::uint64_t number = 0;
    std::from_chars(end.data(), end.data() + end.size(), number, 16);
    const auto id = EventId::parse(sixteen_digits(number + static_cast<std::uint64_t>(fence)));
    return id ? *id : EventId::generate();
}

}  // namespace mim::trace
