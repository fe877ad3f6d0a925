#include "app/model/refresh_tokens.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace mim::app {
namespace {

constexpr char between = ' ';
constexpr char used_at = '@';

struct Used {
    std::string id;
    std::int64_t at = 0;  // milliseconds
};

struct Line {
    std::vector<std::string> good;  // the newest last
    std::vector<Used> used;
};

std::int64_t milliseconds_of(Timestamp time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

void read_one(Line& line, std::string_view part) {
    const std::size_t at = part.find(used_at);
    if (at == std::string_view::npos) {
        line.good.emplace_back(part);
        return;
    }
    Used used{std::string(part.substr(0, at)), 0};
    std::from_chars(part.data() + at + 1, part.data() + part.size(), used.at);
    line.used.push_back(std::move(used));
}

Line read(const RefreshTokens& tokens) {
    Line line;
    std::string_view rest = tokens.others;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(between), rest.size());
        read_one(line, rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    line.good.push_back(tokens.newest);
    return line;
}

RefreshTokens written(Line line) {
    RefreshTokens tokens{std::move(line.good.back())};
    line.good.pop_back();
    for (const std::string& id : line.good) tokens.others += id + between;
    for (const Used& used : line.used) tokens.others += used.id + used_at + std::to_string(used.at) + between;
    if (!tokens.others.empty()) tokens.others.pop_back();
    return tokens;
}

// The clocks of two servers differ, and a clock may be set back: what is told from the future is as far away
// as what is that long past.
bool is_within(std::int64_t at, const Rotation& rotation) {
    const std::int64_t since = milliseconds_of(rotation.now) - at;
    return (since < 0 ? -since : since) < rotation.sibling_window.count();
}

}  // namespace

std::optional<RefreshTokens> rotated(const RefreshTokens& tokens, const Rotation& rotation) {
    Line line = read(tokens);
    std::erase_if(line.used, [&](const Used& each) { return !is_within(each.at, rotation); });
    const auto good = std::ranges::find(line.good, rotation.used);
    if (good != line.good.end()) {
        line.good.erase(good);
        line.used.push_back({std::string(rotation.used), milliseconds_of(rotation.now)});
    } else if (std::ranges::find(line.used, rotation.used, &Used::id) == line.used.end()) {
        return std::nullopt;
    }
    line.good.emplace_back(rotation.next);
    if (line.good.size() > most_siblings) line.good.erase(line.good.begin());
    return written(std::move(line));
}

}  // namespace mim::app
