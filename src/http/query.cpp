#include "http/query.hpp"

#include <algorithm>
#include <charconv>

namespace mim::http {
namespace {

// None when a `%` is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += text[at] == '+' ? ' ' : text[at];
            continue;
        }
        unsigned value = 0;
        const std::string_view digits = text.substr(at + 1, 2);
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (failure != std::errc{} || end != digits.data() + 2) return std::nullopt;
        decoded += static_cast<char>(value);
        at += 2;
    }
    return decoded;
}

std::vector<std::string_view> raw_parameters(std::string_view query, std::string_view name) {
    std::vector<std::string_view> values;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            values.push_back(pair.substr(name.size() + 1));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return values;
}

std::vector<std::string> parameter_names(std::string_view query) {
    std::vector<std::string> names;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        std::string name(pair.substr(0, pair.find('=')));
        if (!pair.empty() && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return names;
}

std::string not_percent_encoded(std::string_view name) {
    return wrong_kind(name, "percent-encoded, such as a%20b", "a % without two hexadecimal digits");
}

}  // namespace

std::optional<std::string> QueryReader::value(std::string_view name) {
    asked_.emplace_back(name);
    const auto raw = raw_parameters(query_, name);
    if (raw.size() > 1) {  // whichever of them was taken, the other would be dropped in silence
        complain(name, "Given more than once: give it once");
        return std::nullopt;
    }
    if (raw.empty()) return std::nullopt;
    auto decoded = percent_decoded(raw.front());
    if (!decoded) complain(name, not_percent_encoded(name));
    return decoded;
}

std::optional<std::string> QueryReader::text(std::string_view name) {
    auto given = value(name);
    return given && given->empty() ? std::nullopt : given;
}

std::optional<std::int64_t> QueryReader::number(std::string_view name, IntegerRange range) {
    const auto given = value(name);
    if (!given) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(given->data(), given->data() + given->size(), number);
    const bool is_beyond = failure == std::errc::result_out_of_range;
    if ((failure != std::errc{} && !is_beyond) || end != given->data() + given->size()) {
        refuse_kind(name, whole_number_in(range), *given);
        return std::nullopt;
    }
    if (is_beyond || number < range.least || number > range.greatest) {
        complain(name,
                 "Must be from " + std::to_string(range.least) + " to " + std::to_string(range.greatest));
        return std::nullopt;
    }
    return number;
}

std::optional<Timestamp> QueryReader::time(std::string_view name) {
    const auto given = value(name);
    if (!given) return std::nullopt;
    const auto found = parse_rfc3339(*given);
    if (!found) complain(name, "Must be a time like 2026-01-31T09:05:00Z");
    return found;
}

void QueryReader::refuse_kind(std::string_view name, std::string_view wanted, std::string_view given) {
    complain(name, wrong_kind(name, wanted, given.empty() ? "an empty text" : "another text"));
}

void QueryReader::complain(std::string_view name, std::string reason) {
    complaints_.push_back({std::string(name), std::move(reason)});
}

Done QueryReader::verdict() const {
    std::vector<FieldError> bad = complaints_;
    for (const std::string& name : parameter_names(query_)) {
        if (std::ranges::find(asked_, name) == asked_.end())
            bad.push_back({name, unknown_name("Parameter", name, asked_, asked_)});
    }
    if (bad.empty()) return {};
    return Error{std::move(bad)};
}

Done refuse_parameters(const Request& request) {
    return QueryReader(request).verdict();
}

}  // namespace mim::http
