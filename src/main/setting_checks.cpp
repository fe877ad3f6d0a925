#include "main/setting_checks.hpp"

#include <unistd.h>

#include "drivers/crypto/certificate_file.hpp"
#include "drivers/mongoc/uri.hpp"
#include "drivers/redis/address.hpp"
#include "main/commands.hpp"
#include "main/keys.hpp"
#include "main/registration_policy.hpp"
#include "main/secret_keys.hpp"
#include "main/target_policy.hpp"
#include "main/tracing.hpp"

namespace mim::main {
namespace {

namespace filesystem = std::filesystem;
using Problems = std::vector<FieldError>;

// Under the setting's own name, whatever the cause called it.
void note(Problems& problems, const char* flag, const Error& error) {
    if (error.fields.empty()) problems.push_back({flag, error.message});
    for (const auto& field : error.fields)
        problems.push_back({field.path.starts_with("--") ? field.path : flag, field.reason});
}

void add(Problems& problems, const Problems& more) {
    problems.insert(problems.end(), more.begin(), more.end());
}

void check_queue(Problems& problems, const Secret& queue) {
    if (queue.empty()) return;
    const auto address = redis::parse_address(queue);
    if (!address) return note(problems, "--queue", address.error());
    if (address->ca_file.empty()) return;
    if (const auto readable = drivers::crypto::check_certificates(address->ca_file); !readable)
        note(problems, "--queue", readable.error());
}

void check_store(Problems& problems, const ServeSettings& settings) {
    if (settings.store.empty()) return;
    const auto uri = drivers::mongoc::Uri::parse(settings.store);
    if (!uri) note(problems, "--store", uri.error());
    for (const auto& file : uri ? uri->files() : std::vector<std::string>()) {
        if (::access(file.c_str(), R_OK) != 0)
            problems.push_back({"--store", "its file " + file + " cannot be read"});
    }
    if (const auto named = check_queue_is_named(settings); !named) note(problems, "--queue", named.error());
}

// It is made at the start, where it is missing and that can be done.
void check_data_folder(Problems& problems, const filesystem::path& folder) {
    const auto refuse = [&](const std::string& reason) {
        problems.push_back({"--data", "cannot use the data folder " + folder.string() + ": " + reason});
    };
    std::error_code failure;
    filesystem::path at = filesystem::absolute(folder, failure);
    if (folder.empty() || failure) return refuse("it is no path");
    while (!filesystem::exists(at, failure) && at.has_relative_path()) at = at.parent_path();
    if (!filesystem::is_directory(at, failure)) return refuse(at.string() + " is not a folder");
    if (::access(at.c_str(), W_OK | X_OK) != 0) refuse("this user may not write into " + at.string());
}

// Files in the data folder may be missing: they are made at first start.
void check_secret_keys(Problems& problems, const ServeSettings& settings) {
    std::error_code unknown;
    const bool made_later = settings.secrets.key_file.empty() && settings.secrets.keys.empty() &&
                            settings.store.empty() && !filesystem::exists(secret_key_file(settings), unknown);
    if (made_later) return;
    if (const auto keys = secret_keys(settings, AbsentKey::refuse); !keys)
        note(problems, "--secret-key-file", keys.error());
}

void check_target_policy(Problems& problems, const TargetSettings& targets) {
    const auto policy = target_policy(targets);
    if (!policy) note(problems, "--target-allow", policy.error());
}

void check_server(Problems& problems, const ServeSettings& settings) {
    add(problems, token_key_problems(settings));
    if (const auto policy = registration_policy(settings); !policy)
        note(problems, "--registration", policy.error());
    add(problems, http::setting_problems(settings.http));
}

}  // namespace

Done check_queue_is_named(const ServeSettings& settings) {
    if (settings.store.empty() || !settings.queue.empty()) return {};
    return invalid_field(
        "--queue", "a store on MongoDB needs a queue on Redis or Valkey: set MIM_QUEUE to redis://HOST:PORT");
}

std::vector<FieldError> setting_problems(const ServeSettings& settings, Role role) {
    Problems problems;
    check_data_folder(problems, settings.data);
    check_store(problems, settings);
    check_queue(problems, settings.queue);
    check_secret_keys(problems, settings);
    check_target_policy(problems, settings.targets);
    add(problems, tracing_problems(settings.apm));
    if (role == Role::serve) check_server(problems, settings);
    if (role == Role::worker && settings.work.workers == 0)
        problems.push_back({"--workers", "a worker process without workers has nothing to do"});
    // What was given is quoted, and may be a URI that belongs elsewhere.
    for (auto& problem : problems)
        problem.reason = explain(Error(ErrorCode::invalid_input, std::move(problem.reason)));
    return problems;
}

Done judge_settings(const ServeSettings& settings, Role role) {
    auto problems = setting_problems(settings, role);
    if (problems.empty()) return {};
    Error error(ErrorCode::invalid_input, "the settings cannot work");
    error.fields = std::move(problems);
    return error;
}

}  // namespace mim::main
