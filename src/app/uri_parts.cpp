#include "app/uri_parts.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mim::app {
namespace {

// What says neither where to connect nor how to prove who we are, by its lower case name.
constexpr std::array<std::string_view, 24> harmless_options{"appname",
                                                            "connecttimeoutms",
                                                            "heartbeatfrequencyms",
                                                            "journal",
                                                            "localthresholdms",
                                                            "maxconnecting",
                                                            "maxidletimems",
                                                            "maxpoolsize",
                                                            "maxstalenessseconds",
                                                            "minpoolsize",
                                                            "readconcernlevel",
                                                            "readpreference",
                                                            "readpreferencetags",
                                                            "retryreads",
                                                            "retrywrites",
                                                            "serverselectiontimeoutms",
                                                            "serverselectiontryonce",
                                                            "socketcheckintervalms",
                                                            "sockettimeoutms",
                                                            "timeoutms",
                                                            "w",
                                                            "waitqueuemultiple",
                                                            "waitqueuetimeoutms",
                                                            "wtimeoutms"};

// None of these ends a part of a connection string, for any parser.
bool is_plain_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return ascii::is_letter_or_digit(c) || std::string_view("-_.,:%+").find(c) != std::string_view::npos;
    });
}

bool is_harmless(std::string_view option) {
    const std::size_t name_end = option.find('=');
    if (name_end == std::string_view::npos) return false;
    const std::string name = ascii::lower(option.substr(0, name_end));
    const bool known =
        std::find(harmless_options.begin(), harmless_options.end(), name) != harmless_options.end();
    return known && is_plain_value(option.substr(name_end + 1));
}

// Without `user:password@`, where it can be told: with a second `@` parsers do not agree on where it ends.
std::string without_credentials(std::string_view base) {
    const std::size_t scheme_end = base.find("://");
    if (scheme_end == std::string_view::npos) return std::string(base);
    const std::size_t start = scheme_end + 3;
    const std::size_t at = base.find('@', start);
    const bool is_told = at != std::string_view::npos && base.find('@', at + 1) == std::string_view::npos &&
                         base.substr(start, at - start).find('/') == std::string_view::npos;
    if (!is_told) return std::string(base);
    return std::string(base.substr(0, start)).append(base.substr(at + 1));
}

}  // namespace

std::vector<std::string_view> binding_parts(std::string_view uri) {
    const std::size_t base_end = std::min(uri.find('?'), uri.size());
    std::vector<std::string_view> parts{uri.substr(0, base_end)};
    std::string_view options = uri.substr(std::min(base_end + 1, uri.size()));
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        if (end > 0 && !is_harmless(options.substr(0, end))) parts.push_back(options.substr(0, end));
        options.remove_prefix(std::min(end + 1, options.size()));
    }
    return parts;
}

bool lead_to_same_place(std::string_view one, std::string_view other) {
    const std::vector<std::string_view> left = binding_parts(one);
    const std::vector<std::string_view> right = binding_parts(other);
    return without_credentials(left.front()) == without_credentials(right.front()) &&
           std::equal(left.begin() + 1, left.end(), right.begin() + 1, right.end());
}

}  // namespace mim::app
