#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

constexpr std::uint32_t most_tokens = 1'000'000;

void add_rate(SettingTable& table, const std::string& name, http::Rate& rate, const std::string& of) {
    table.add_count("--rate-" + name, rate.per_second, "Requests a second " + of + "; 0 = no limit", 0U,
                    most_tokens);
    table.add_count("--burst-" + name, rate.burst, "The same at once, after a quiet time", 1U, most_tokens);
}

void add_lockout_settings(SettingTable& table, app::LoginGuardRules& rules) {
    table.add_count(
        "--lockout-failures-account", rules.account.free_failures,
        "Wrong passwords of an account before the next attempt must wait: twice as long after each "
        "further one",
        1U, 1'000U);
    table.add_count("--lockout-failures-address", rules.address.free_failures,
                    "The same of an address, over all accounts", 1U, 1'000'000U);
}

}  // namespace

void add_limit_settings(SettingTable& table, ServeSettings& settings) {
    LimitSettings& limits = settings.limits;
    add_rate(table, "address", limits.rates.address, "from an address (IPv6: from a network of 64 bits)");
    add_rate(table, "credentials", limits.rates.credentials,
             "from an address to register, log in, refresh a token or change a password");
    add_rate(table, "operations", limits.rates.operations,
             "from an address for health checks, metrics and documents");
    add_rate(table, "user", limits.rates.user, "of a user");
    add_lockout_settings(table, limits.logins);
    table.add_duration("--lockout-first-seconds", limits.first_lockout, "First such wait");
    table.add_duration("--lockout-longest-seconds", limits.longest_lockout, "Longest such wait");
    table.add_count("--max-connections-per-address", limits.max_connections_per_address,
                    "Connections open at once from an address; one more is answered 503", 1U, 1'000'000U);
    table.add_count("--max-event-streams-per-user", limits.max_event_streams_per_user,
                    "Event streams of a user open at once; one more is answered 429", 0U, 100'000U);
    table.add_count("--max-bodies-bytes", limits.max_bodies_bytes,
                    "All request bodies above 16 KiB together; one more is answered 503",
                    std::uint64_t{1} << 20U, std::uint64_t{1} << 40U);
    table.add_count("--max-active-syncs", limits.max_active_syncs,
                    "Syncs pending or running over all databases; one more is answered 429", std::int64_t{1},
                    std::int64_t{1'000'000});
}

}  // namespace mim::main
