// The server behind a database as somebody saw it last, as far as the rules for its indexes depend on it.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "index/definition/server_release.hpp"

namespace mim::app {

struct SeenServer {
    index::ServerRelease release{};
    Timestamp since{};  // when it was first seen so
    // Whose rules held before, where they were others: until all definitions have met those of now.
    std::optional<index::ServerVersion> rules_before = {};

    friend bool operator==(const SeenServer&, const SeenServer&) = default;
};

// What is known once a look found `release`: the same as before where it is no news.
[[nodiscard]] SeenServer seen_after(const std::optional<SeenServer>& before,
                                    const index::ServerRelease& release, Timestamp now);

// What a server whose binary is of version `binary` goes by where it refuses to tell: what it told last. None
// where nobody was told, or by another version: an upgrade begins anew.
[[nodiscard]] std::optional<index::ServerVersion> feature_version_told_last(
    const std::optional<index::ServerRelease>& last, index::ServerVersion binary);

// As it is stored, and back.
[[nodiscard]] std::string to_text(const SeenServer& seen);
[[nodiscard]] std::optional<SeenServer> parse_seen_server(std::string_view text);

}  // namespace mim::app
