#include "http/media_type.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"

namespace mim::http {
namespace {

// The bare type in lower case: without parameters and blanks.
std::string essence(std::string_view media_type) {
    std::string bare;
    for (const char letter : media_type.substr(0, media_type.find(';'))) {
        if (letter == ' ' || letter == '\t') continue;
        bare += ascii::lower(letter);
    }
    return bare;
}

}  // namespace

bool is_json(std::string_view content_type) {
    const std::string bare = essence(content_type);
    return bare == "application/json" || (bare.starts_with("application/") && bare.ends_with("+json"));
}

bool wants_javascript(std::string_view accept) {
    while (!accept.empty()) {
        const std::size_t comma = std::min(accept.find(','), accept.size());
        const std::string bare = essence(accept.substr(0, comma));
        if (bare == "text/javascript" || bare == "application/javascript") return true;
        accept.remove_prefix(std::min(comma + 1, accept.size()));
    }
    return false;
}

}  // namespace mim::http
