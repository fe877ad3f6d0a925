#include "http/request.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mim::http {
namespace {

constexpr std::size_t longest_request_id = 64;

bool is_id_character(char letter) {
    return ascii::is_letter_or_digit(letter) || letter == '.' || letter == '_' || letter == '-';
}

// Where the path starts in `http://host/path`.
std::size_t path_start(std::string_view target) {
    const std::size_t scheme = target.starts_with('/') ? std::string_view::npos : target.find("://");
    if (scheme == std::string_view::npos) return 0;
    return std::min(target.find('/', scheme + 3), target.size());
}

}  // namespace

void set_target(Request& request, std::string_view target) {
    target.remove_prefix(path_start(target));
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = question < target.size() ? target.substr(question + 1) : std::string_view();
}

bool is_sane_request_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_request_id && std::ranges::all_of(text, is_id_character);
}

}  // namespace mim::http
