// Works on the text alone: what is shown must be safe also when no parser accepts it. In
// doubt it hides more than the password.
#include <algorithm>
#include <array>

#include "app/ports/target.hpp"
#include "base/ascii.hpp"

namespace mim::app {
namespace {

bool is_secret_option(std::string_view name) {
    static constexpr std::array<std::string_view, 5> marks = {"authmechanismproperties", "password", "pwd",
                                                              "secret", "token"};
    // `authMechanism%50roperties` is no hiding place.
    const std::string plain = ascii::lower(ascii::percent_decoded(name));
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return plain.find(mark) != std::string::npos; });
}

// `name=value`, with a name such as options have.
bool is_option(std::string_view text) {
    const std::size_t end = text.find('=');
    if (end == std::string_view::npos || end == 0) return false;
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end),
                       ascii::is_letter_or_digit);
}

// `?name=value&…`: every `@` belongs to the value of an option, not to a password that was not encoded.
bool at_signs_are_in_values(std::string_view tail) {
    const std::size_t query = tail.find('?');
    if (tail.substr(0, query).find('@') != std::string_view::npos) return false;
    if (query == std::string_view::npos || tail.find('@') == std::string_view::npos) return true;
    tail.remove_prefix(query + 1);
    while (!tail.empty()) {
        const std::size_t end = std::min(tail.find('&'), tail.size());
        if (!is_option(tail.substr(0, end))) return false;
        tail.remove_prefix(std::min(end + 1, tail.size()));
    }
    return true;
}

// Where the `@` stands that ends user and password; none when there are none.
std::size_t end_of_credentials(std::string_view rest) {
    const std::size_t authority_end = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string_view authority = rest.substr(0, authority_end);
    const std::size_t first = authority.find('@');
    const bool names_host = first + 1 < authority.size() && authority[first + 1] != ':';
    const bool well_formed = first != std::string_view::npos && authority.rfind('@') == first && names_host &&
                             at_signs_are_in_values(rest.substr(authority_end));
    return well_formed ? first : rest.rfind('@');
}

// Replaces the values of options that may hold a secret, wherever options may begin.
std::string with_masked_options(std::string_view tail) {
    std::string out;
    while (!tail.empty()) {
        const std::size_t name_end = std::min(tail.find_first_of("=?&;/"), tail.size());
        out += tail.substr(0, name_end);
        if (name_end == tail.size()) break;
        out += tail[name_end];
        const bool hidden = tail[name_end] == '=' && is_secret_option(tail.substr(0, name_end));
        tail.remove_prefix(name_end + 1);
        if (!hidden) continue;
        out += password_mask;
        tail.remove_prefix(std::min(tail.find('&'), tail.size()));
    }
    return out;
}

std::string masked_once(std::string_view text) {
    const std::size_t scheme_end = text.find("://");
    const std::size_t start = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    const std::string_view rest = text.substr(start);
    const std::size_t at = end_of_credentials(rest);
    const std::size_t colon = rest.substr(0, std::min(at, rest.size())).find(':');
    std::string out(text.substr(0, start));
    if (at == std::string_view::npos || colon == std::string_view::npos)
        return out + with_masked_options(rest);

    // With a path or options in it, it is no user name: any of it may be the secret.
    const std::string_view user = rest.substr(0, colon);
    if (user.find_first_of("/?#") == std::string_view::npos) out.append(user).append(":");
    out += password_mask;
    return out + with_masked_options(rest.substr(at));
}

}  // namespace

// What is hidden may have stood in the way of seeing what else is to be hidden: so until nothing is left.
// Each time there is less to hide.
std::string masked_uri(const Secret& uri) {
    std::string masked = masked_once(uri.reveal());
    for (std::string again = masked_once(masked); again != masked; again = masked_once(masked)) {
        masked = std::move(again);
    }
    return masked;
}

}  // namespace mim::app
