#include "app/session_cache.hpp"

namespace mim::app {
namespace {

// The end of a token is its signature: as good as random, so a few bytes of it spread the tokens over the
// parts.
std::size_t spread(std::string_view token) {
    std::size_t sum = token.size();
    for (const char c : token.substr(token.size() > 16 ? token.size() - 16 : 0)) {
        sum = sum * 31 + static_cast<unsigned char>(c);
    }
    return sum;
}

}  // namespace

SessionCache::Part& SessionCache::part_of(std::string_view token) {
    return parts_[spread(token) % part_count];
}

std::optional<SessionCache::Session> SessionCache::find(std::string_view token) {
    Part& part = part_of(token);
    const std::scoped_lock lock(part.mutex);
    const Session* const found = part.by_token.find(token);
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

void SessionCache::keep(std::string_view token, const Session& session) {
    Part& part = part_of(token);
    const std::scoped_lock lock(part.mutex);
    part.by_token.keep(token, session);
}

void SessionCache::drop(std::string_view token) {
    Part& part = part_of(token);
    const std::scoped_lock lock(part.mutex);
    part.by_token.remove(token);
}

}  // namespace mim::app
