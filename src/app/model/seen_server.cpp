#include "app/model/seen_server.hpp"

#include <algorithm>
#include <charconv>

namespace mim::app {
namespace {

using index::ServerVersion;

constexpr std::string_view no_version = "-";

std::string word_for(const std::optional<ServerVersion>& version) {
    return version ? version->text() : std::string(no_version);
}

// The next word of `rest`, which goes.
std::string_view next_word(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

std::optional<std::int64_t> parse_number(std::string_view word) {
    std::int64_t number = 0;
    const char* const end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

}  // namespace

SeenServer seen_after(const std::optional<SeenServer>& before, const index::ServerRelease& release,
                      Timestamp now) {
    if (before && before->release == release) return *before;
    SeenServer seen{release, now};
    if (!before) return seen;
    // Of several changes the first one's: they are told together.
    const ServerVersion earlier = before->rules_before.value_or(before->release.rules());
    if (earlier != release.rules()) seen.rules_before = earlier;
    return seen;
}

std::optional<ServerVersion> feature_version_told_last(const std::optional<index::ServerRelease>& last,
                                                       ServerVersion binary) {
    return last && last->binary == binary ? last->feature_version : std::nullopt;
}

// "5.0 4.4 - 1767225600000": its two versions, whose rules held before, since when.
std::string to_text(const SeenServer& seen) {
    return seen.release.binary.text() + ' ' + word_for(seen.release.feature_version) + ' ' +
           word_for(seen.rules_before) + ' ' + std::to_string(seen.since.time_since_epoch().count());
}

std::optional<SeenServer> parse_seen_server(std::string_view text) {
    const auto binary = ServerVersion::parse(next_word(text));
    const std::string_view feature_word = next_word(text), before_word = next_word(text);
    const auto feature_version = ServerVersion::parse(feature_word);
    const auto rules_before = ServerVersion::parse(before_word);
    const auto since = parse_number(next_word(text));
    const bool whole = binary && since && (feature_version || feature_word == no_version) &&
                       (rules_before || before_word == no_version) && text.empty();
    if (!whole) return std::nullopt;
    return SeenServer{{*binary, feature_version}, Timestamp{Timestamp::duration{*since}}, rules_before};
}

}  // namespace mim::app
