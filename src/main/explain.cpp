#include <algorithm>
#include <string_view>

#include "main/commands.hpp"
#include "main/settings/setting.hpp"

namespace mim::main {
namespace {

// Where a URI ends that begins `text`: at a space, but not before its last `@`, as a password may hold one.
std::size_t end_of_uri(std::string_view text) {
    const std::size_t at = text.rfind('@');
    return std::min(text.find(' ', at == std::string_view::npos ? 0 : at), text.size());
}

// What somebody gave for a file, a host or a name, and is quoted, may be a URI that belongs elsewhere.
std::string without_credentials(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return std::string(text);
    const std::size_t begin = text.rfind(' ', scheme) + 1;
    const std::size_t end = begin + end_of_uri(text.substr(begin));
    return std::string(text.substr(0, begin)) + stray_text(std::string(text.substr(begin, end - begin))) +
           std::string(text.substr(end));
}

}  // namespace

std::string explain(const Error& error) {
    if (error.fields.empty()) return without_credentials(error.message);
    std::string text;
    for (const auto& field : error.fields) {
        if (!text.empty()) text += "; ";
        text += field.path + ": " + without_credentials(field.reason);
    }
    return text;
}

}  // namespace mim::main
