#include "drivers/mongoc/refusals.hpp"

#include <algorithm>
#include <cctype>

namespace mim::drivers::mongoc {
namespace {

bool is_part_of_a_host(char c) {
    const auto letter = static_cast<unsigned char>(c);
    return std::isalnum(letter) != 0 || c == '.' || c == '-' || c == '_';
}

// "a:2701" is not named by "a:27017", nor by "ba:2701".
bool names(std::string_view text, std::string_view host) {
    for (auto at = text.find(host); at != std::string_view::npos; at = text.find(host, at + 1)) {
        const auto end = at + host.size();
        const bool begins = at == 0 || !is_part_of_a_host(text[at - 1]);
        const bool ends = end == text.size() || std::isdigit(static_cast<unsigned char>(text[end])) == 0;
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace

void Refusals::add(const std::string& host, const std::string& reason) {
    const std::scoped_lock lock(mutex_);
    if (by_host_.size() >= most && !by_host_.contains(host)) make_room();
    by_host_.insert_or_assign(host, Refusal{reason, std::chrono::steady_clock::now()});
}

void Refusals::make_room() {
    by_host_.erase(std::min_element(
        by_host_.begin(), by_host_.end(),
        [](const auto& left, const auto& right) { return left.second.at < right.second.at; }));
}

void Refusals::forget(const std::string& host) {
    const std::scoped_lock lock(mutex_);
    by_host_.erase(host);
}

std::optional<std::string> Refusals::named_in(std::string_view text) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& [host, refusal] : by_host_) {
        if (!host.empty() && names(text, host)) return refusal.reason;
    }
    return std::nullopt;
}

}  // namespace mim::drivers::mongoc
