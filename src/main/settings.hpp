// Every setting of `mim serve` and `mim worker`, typed, with its default. Filled once from flags, environment
// and file (command_line.hpp), in that order of precedence.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/secret.hpp"
#include "main/settings/access_settings.hpp"
#include "main/settings/apm_settings.hpp"
#include "main/settings/effective_setting.hpp"
#include "main/settings/limit_settings.hpp"
#include "main/settings/secret_settings.hpp"
#include "main/settings/target_settings.hpp"
#include "main/settings/web_settings.hpp"

namespace mim::main {

inline constexpr const char* program_version = MIM_VERSION;

struct Endpoint {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  // 0 = any free one
    [[nodiscard]] std::string text() const;
};

enum class LogStyle { text, json };

struct ServeSettings {
    Endpoint listen;
    std::filesystem::path config;  // empty = none
    std::filesystem::path data = "./data";
    std::string base_path = "/api/v1";

    LogLevel log_level = LogLevel::info;
    LogStyle log_format = LogStyle::text;

    std::filesystem::path private_key;             // empty = DATA/private.pem, made at first start
    std::filesystem::path public_key;              // the same
    std::filesystem::path additional_public_keys;  // a file, or a folder of them; empty = none
    std::string token_issuer = "mim";
    std::string token_audience = "mim-api";
    std::chrono::seconds access_token_lifetime{600};
    std::chrono::seconds refresh_token_lifetime{86'400};

    AccessSettings access;

    unsigned io_threads = 1;
    unsigned request_threads = 32;
    unsigned request_queue = 1'024;
    unsigned max_connections = 4'096;
    unsigned max_event_streams = 256;
    LimitSettings limits;
    std::uint64_t max_body_bytes = 1U << 20U;
    std::uint32_t max_header_bytes = 8 * 1024;
    std::chrono::seconds header_timeout{10};
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds idle_timeout{75};
    std::chrono::seconds grace{10};

    TlsSettings tls;
    WebSettings web;

    Secret store;  // mongodb://… or mongodb+srv://…; empty = the embedded one in DATA
    Secret queue;  // redis://… or rediss://…; empty = the embedded one, beside the embedded store
    std::chrono::seconds feed_interval{5};
    SecretSettings secrets;

    unsigned workers = 4;
    unsigned syncs_per_target = 0;  // of this process; 0 = half of its workers
    unsigned max_syncs = 0;         // of all processes; 0 = any number
    std::chrono::seconds lease{30};
    std::chrono::seconds build_deadline{86'400};

    std::chrono::seconds target_deadline{15};
    unsigned read_concurrency = 64;
    unsigned max_targets = 64;

    ApmSettings apm;
    TargetSettings targets;
};

// `mim worker`: the same without HTTP.
struct WorkerSettings {
    ServeSettings common;
};

struct SandboxSettings {
    Endpoint listen{"127.0.0.1", 27'018};
    std::filesystem::path seed;
    std::chrono::milliseconds latency{0};
    std::string server_version = "7.0";
    std::string auth;  // USER:PASSWORD; empty = none asked
};

// Each a mongodb:// URI, or the path of an embedded store's file.
struct StoreCopySettings {
    Secret from;
    Secret to;
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
struct DoctorSettings {
    ServeSettings common;
    Role of = Role::serve;
};

// At least one of them.
struct KeygenSettings {
    std::filesystem::path out;         // a folder for a pair that signs tokens
    std::filesystem::path secret_key;  // a file to put a new key first in
};

}  // namespace mim::main
