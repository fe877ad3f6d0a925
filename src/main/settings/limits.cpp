#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

constexpr std::int64_t most_tokens = 1'000'000;

void add_rate(SettingTable& table, const std::string& name, http::Rate& rate, const std::string& of) {
    table.add_count("--rate-" + name, rate.per_second, "Requests a second " + of + "; 0 = no limit", 0,
                    most_tokens);
    table.add_count("--burst-" + name, rate.burst, "The same at once, after a quiet time", 1, most_tokens);
}

void add_lockout_settings(SettingTable& table, app::LoginGuardRules& rules) {
    table.add_count("--lockout-failures-account", rules.account.free_failures,
                    "Wrong passwords of an account from one network before the next attempt from there must "
                    "wait: twice as "
                    "long after each further one",
                    1, 1'000);
    table.add_count("--lockout-failures-address", rules.address.free_failures,
                    "The same of a network (24 bits of IPv4, 56 of IPv6), over all accounts", 1, 1'000'000);
    table.add_seconds("--lockout-first-seconds", {&rules.account.first_wait, &rules.address.first_wait},
                      "First such wait");
    table.add_seconds("--lockout-longest-seconds", {&rules.account.longest_wait, &rules.address.longest_wait},
                      "Longest such wait");
}

}  // namespace

void add_limit_settings(SettingTable& table, ServeSettings& settings) {
    http::ServerSettings& http = settings.http;
    add_rate(table, "address", http.rates.address, "from an address (IPv6: from a network of 64 bits)");
    add_rate(table, "credentials", http.rates.credentials,
             "from an address to register, log in, refresh a token or change a password");
    add_rate(table, "operations", http.rates.operations,
             "from an address for health checks, metrics and documents");
    add_rate(table, "user", http.rates.user, "of a user");
    add_lockout_settings(table, settings.logins);
    table.add_count("--max-connections-per-address", http.max_connections_per_address,
                    "Connections open at once from an address; one more is answered 503", 1, 1'000'000);
    table.add_count("--max-event-streams-per-user", http.max_event_streams_per_user,
                    "Event streams of a user open at once; one more is answered 429", 0, 100'000);
    table.add_count("--max-bodies-bytes", http.max_bodies_bytes,
                    "All request bodies above 16 KiB together; one more is answered 503", 1 << 20,
                    std::int64_t{1} << 40);
    table.add_count("--max-active-syncs", settings.max_active_syncs,
                    "Syncs pending or running over all databases; one more is answered 429", 1, 1'000'000);
}

}  // namespace mim::main
