#include "main/setting_checks.hpp"

#include "drivers/mongoc/uri.hpp"
#include "drivers/redis/address.hpp"
#include "identity/key_files.hpp"
#include "main/keys.hpp"
#include "main/secret_keys.hpp"

namespace mim::main {
namespace {

using Problems = std::vector<FieldError>;

// Under the setting's own name, whatever the cause called it.
void note(Problems& problems, const char* flag, const Error& error) {
    if (error.fields.empty()) problems.push_back({flag, error.message});
    for (const auto& field : error.fields)
        problems.push_back({field.path.starts_with("--") ? field.path : flag, field.reason});
}

void check_engines(Problems& problems, const ServeSettings& settings) {
    if (!settings.queue.empty()) {
        if (const auto address = redis::parse_address(settings.queue); !address)
            note(problems, "--queue", address.error());
    }
    if (settings.store.empty()) return;
    if (const auto uri = drivers::mongoc::Uri::parse(settings.store); !uri)
        note(problems, "--store", uri.error());
    if (settings.queue.empty())
        problems.push_back(
            {"--queue", "a store on MongoDB needs a queue on Redis: set MIM_QUEUE to redis://HOST:PORT"});
}

// Files in the data folder may be missing: they are made at first start.
void check_keys(Problems& problems, const ServeSettings& settings, Role role) {
    const bool own_pair = settings.private_key.empty() && settings.public_key.empty();
    const bool pair_there = std::filesystem::exists(settings.data / identity::private_key_file);
    if (role == Role::serve && (!own_pair || pair_there)) {
        if (const auto keys = token_keys(settings); !keys) note(problems, "--private-key", keys.error());
    }
    const bool made_later = settings.secrets.key_file.empty() && settings.secrets.keys.empty() &&
                            settings.store.empty() && !std::filesystem::exists(secret_key_file(settings));
    if (made_later) return;
    if (const auto keys = secret_keys(settings, AbsentKey::refuse); !keys)
        note(problems, "--secret-key-file", keys.error());
}

}  // namespace

std::vector<FieldError> setting_problems(const ServeSettings& settings, Role role) {
    Problems problems;
    check_engines(problems, settings);
    check_keys(problems, settings, role);
    if (role == Role::worker && settings.workers == 0)
        problems.push_back({"--workers", "a worker process without workers has nothing to do"});
    return problems;
}

}  // namespace mim::main
