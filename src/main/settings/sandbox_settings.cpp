#include "main/settings/command_table.hpp"

namespace mim::main {
namespace {

std::optional<sandbox::Credentials> parse_credentials(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
    return sandbox::Credentials{text.substr(0, colon), Secret(text.substr(colon + 1))};
}

void add_server(SettingTable& table, sandbox::Settings& server) {
    server.port = 27'018;
    table.add_endpoint("--listen", server.host, server.port,
                       "Address to serve on; port 0 takes any free one");
    table.add_milliseconds("--latency-ms", server.latency, "Delay of every answer in milliseconds", 0,
                           60'000);
    const auto take_version = [&server](const std::string& text) {
        const auto version = index::ServerVersion::parse(text);
        if (version) server.version = *version;
        return version.has_value();
    };
    table
        .add_other("--server-version", "VERSION", "a version like 7.0",
                   "MongoDB version whose rules to follow", take_version)
        .default_text = server.version.text();
    const auto take_feature_version = [&server](const std::string& text) {
        server.feature_version = index::ServerVersion::parse(text);
        return server.feature_version.has_value();
    };
    table.add_other("--feature-version", "VERSION", "a version like 6.0",
                    "Feature compatibility version to begin with; default: that of the server",
                    take_feature_version);
    const auto take_replica_set = [&server](const std::string& text) {
        server.replica_set = text;
        return !text.empty();
    };
    table.add_other("--replica-set", "NAME", "a name",
                    "The replica set whose only member it is; default: none, a standalone", take_replica_set);
    const auto take_credentials = [&server](const std::string& text) {
        const auto credentials = parse_credentials(text);
        if (credentials) server.credentials = credentials;
        return credentials.has_value();
    };
    table
        .add_other("--auth", "USER:PASSWORD", "USER:PASSWORD",
                   "What clients must authenticate with (SCRAM-SHA-256); default: nothing", take_credentials)
        .shown = Shown::masked;
}

}  // namespace

void CommandTable::add_sandbox() {
    SettingTable table;
    add_server(table, sandbox_.server);
    table.add_path("--seed", sandbox_.seed,
                   "Extended JSON file with databases, collections and indexes to begin with");
    auto rows = table.rows();
    for (auto& row : rows) row.variable.clear();
    add("sandbox", "An in-memory MongoDB stand-in for demos and tests", std::move(rows)).outcome =
        [this](const auto&) { return sandbox_; };
}

}  // namespace mim::main
