#include "trace/trace_context.hpp"

#include <charconv>

#include "base/ascii.hpp"

namespace mim::trace {
namespace {

constexpr std::size_t length_of_first_version = 55;  // 00-<32>-<16>-<2>
constexpr std::size_t longest_state = 8'192;

std::optional<unsigned> parse_byte(std::string_view text) {
    unsigned value = 0;
    for (const char digit : text) {
        const std::size_t worth = ascii::hex_digits.find(digit);  // upper case is none of the format
        if (worth == std::string_view::npos) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(worth);
    }
    return value;
}

// A later version may have more to say, after one more dash.
bool has_a_known_length(std::string_view text, unsigned version) {
    if (text.size() == length_of_first_version) return true;
    return version > 0 && text.size() > length_of_first_version && text[length_of_first_version] == '-';
}

// The part of `list` after `key` and `separator`, up to `end`; empty when there is none.
std::string_view value_of(std::string_view list, std::string_view key, char separator, char end) {
    while (!list.empty()) {
        const auto stop = std::min(list.find(end), list.size());
        auto entry = list.substr(0, stop);
        entry.remove_prefix(std::min(entry.find_first_not_of(" \t"), entry.size()));
        if (entry.starts_with(key) && entry.size() > key.size() && entry[key.size()] == separator) {
            entry.remove_prefix(key.size() + 1);
            return entry.substr(0, std::min(entry.find_last_not_of(" \t") + 1, entry.size()));
        }
        list.remove_prefix(std::min(stop + 1, list.size()));
    }
    return {};
}

std::optional<double> rate_in(std::string_view tracestate) {
    if (tracestate.size() > longest_state) return std::nullopt;
    const auto text = value_of(value_of(tracestate, "es", '=', ','), "s", ':', ';');
    double rate = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), rate);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    if (!whole || !(rate >= 0 && rate <= 1)) return std::nullopt;
    return rate;
}

}  // namespace

std::optional<TraceContext> parse_trace_context(std::string_view traceparent, std::string_view tracestate) {
    if (traceparent.size() < length_of_first_version) return std::nullopt;
    const auto version = parse_byte(traceparent.substr(0, 2));
    const auto flags = parse_byte(traceparent.substr(53, 2));
    const bool dashes = traceparent[2] == '-' && traceparent[35] == '-' && traceparent[52] == '-';
    if (!version || !flags || !dashes) return std::nullopt;
    constexpr unsigned forbidden_version = 255;
    if (*version == forbidden_version || !has_a_known_length(traceparent, *version)) return std::nullopt;
    const auto trace = TraceId::parse(traceparent.substr(3, 32));
    const auto parent = EventId::parse(traceparent.substr(36, 16));
    if (!trace || !parent) return std::nullopt;
    const auto sampled = (*flags & 1U) != 0 ? Sampled::yes : Sampled::no;
    return TraceContext{*trace, *parent, sampled, rate_in(tracestate)};
}

std::string to_text(const TraceContext& context) {
    std::string text = "00-";
    text.append(context.trace.text()).append("-").append(context.parent.text());
    return text.append(context.sampled == Sampled::yes ? "-01" : "-00");
}

}  // namespace mim::trace
