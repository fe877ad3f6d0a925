#include "main/settings/setting_table.hpp"

#include <cctype>
#include <charconv>

namespace mim::main {

std::string environment_name(std::string_view flag) {
    std::string name = "MIM_";
    for (const char c : flag.substr(2)) name.push_back(c == '-' ? '_' : static_cast<char>(std::toupper(c)));
    return name;
}

bool parse_endpoint(const std::string& text, Endpoint& endpoint) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const std::string_view digits = std::string_view(text).substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return false;
    endpoint = {std::move(host), port};
    return true;
}

}  // namespace mim::main
