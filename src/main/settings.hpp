// Every setting of `mim serve` and `mim worker`, typed, with its default. Filled once from flags, environment
// and file (command_line.hpp), in that order of precedence.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/accounts.hpp"
#include "app/run_sync.hpp"
#include "app/syncs.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "drivers/log/log.hpp"
#include "http/server_settings.hpp"
#include "identity/token_codec.hpp"
#include "main/settings/access_settings.hpp"
#include "main/settings/apm_settings.hpp"
#include "main/settings/effective_setting.hpp"
#include "main/settings/endpoint.hpp"
#include "main/settings/secret_settings.hpp"
#include "main/settings/target_settings.hpp"
#include "queue/worker_pool.hpp"
#include "sandbox/server.hpp"

namespace mim::main {

inline constexpr const char* program_version = MIM_VERSION;

// Each part is what its user takes, with the user's own defaults.
struct ServeSettings {
    http::ServerSettings http;
    std::filesystem::path config;  // empty = none
    std::filesystem::path data = "./data";

    LogLevel log_level = LogLevel::info;
    drivers::LogFormat log_format = drivers::LogFormat::text;

    std::filesystem::path private_key;             // empty = DATA/private.pem, made at first start
    std::filesystem::path public_key;              // the same
    std::filesystem::path additional_public_keys;  // a file, or a folder of them; empty = none
    identity::TokenSettings tokens;
    app::TokenLifetimes lifetimes;

    AccessSettings access;
    app::LoginGuardRules logins;
    std::int64_t max_active_syncs = app::default_max_active_syncs;
    std::chrono::seconds grace{10};

    Secret store;  // mongodb://… or mongodb+srv://…; empty = the embedded one in DATA
    Secret queue;  // redis://… or rediss://…; empty = the embedded one, beside the embedded store
    std::chrono::seconds feed_interval{5};
    SecretSettings secrets;

    queue::WorkerOptions work;
    unsigned syncs_per_target = 0;  // of this process; 0 = half of its workers
    unsigned max_syncs = 0;         // of all processes; 0 = any number
    app::RunLimits run;

    ApmSettings apm;
    TargetSettings targets;

    [[nodiscard]] Endpoint listen() const { return {http.host, http.port}; }
};

// `mim worker`: the same without HTTP.
struct WorkerSettings {
    ServeSettings common;
};

struct SandboxSettings {
    sandbox::Settings server;
    std::filesystem::path seed;
};

// Each a mongodb:// URI, or the path of an embedded store's file.
struct StoreCopySettings {
    Secret from;
    Secret to;
    SecretSettings secrets;  // of both stores; none = those that lie beside their files
};

// `mim user create-admin`: the password comes from standard input.
struct CreateAdminSettings {
    ServeSettings common;  // where the store is
    std::string username;
    std::string email;
};

struct StoreRekeySettings {
    ServeSettings common;
};
struct StoreBackupSettings {
    ServeSettings common;
    std::filesystem::path to;
};
struct StoreCreateSettings {
    ServeSettings common;
};

struct StoreRestoreSettings {
    ServeSettings common;
    std::filesystem::path from;
};

// Whose settings `mim config check` and `mim doctor` look at: those of `mim serve` or of `mim worker`.
enum class Role { serve, worker };
struct ConfigCheckSettings {
    ServeSettings common;
    Role of = Role::serve;
    std::vector<EffectiveSetting> effective;
};
enum class ReportForm { text, json };
struct DoctorSettings {
    ServeSettings common;
    Role of = Role::serve;
    ReportForm output = ReportForm::text;
    std::chrono::seconds time_limit{60};
};

// At least one of them.
struct KeygenSettings {
    std::filesystem::path out;         // a folder for a pair that signs tokens
    std::filesystem::path secret_key;  // a file to put a new key first in
};

struct HealthcheckSettings {
    ServeSettings common;  // where the server listens
    std::chrono::milliseconds timeout{4'000};
};

}  // namespace mim::main
