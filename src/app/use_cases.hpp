// Every use-case of the service over its ports, wired in one place: the service, tests over HTTP and fuzz
// targets all stand on it. A use-case may also be made alone, over the ports that it names. Thread-safe as
// each use-case is.
#pragma once

#include "app/accounts.hpp"
#include "app/api_keys.hpp"
#include "app/audit_log.hpp"
#include "app/collections.hpp"
#include "app/comparisons.hpp"
#include "app/databases.hpp"
#include "app/definitions.hpp"
#include "app/imports.hpp"
#include "app/invites.hpp"
#include "app/password_resets.hpp"
#include "app/registrations.hpp"
#include "app/syncs.hpp"
#include "app/trash.hpp"
#include "app/users.hpp"

namespace mim::app {

// All of it is borrowed and must outlive the use-cases.
struct UseCasePorts {
    UserStore& users;
    TokenFamilyStore& families;
    InviteStore& invites;
    ApiKeyStore& api_keys;
    AuditStore& audit;
    TrashStore& trash;
    DatabaseStore& databases;
    DefinitionStore& definitions;
    CollectionStore& collections;
    SyncStore& syncs;
    Targets& targets;
    PasswordHasher& hasher;
    TokenCodec& tokens;
    OneTimeTokens& invite_tokens;
    OneTimeTokens& reset_tokens;
    KeySecrets& key_secrets;
    const Clock& clock;
};

struct UseCaseRules {
    TokenLifetimes lifetimes{};
    LoginGuardRules logins{};
    RegistrationRules registration{};
    std::chrono::milliseconds target_deadline{5'000};
    std::int64_t max_active_syncs = default_max_active_syncs;
};

struct UseCases {
    UseCases(const UseCasePorts& ports, const UseCaseRules& rules);
    UseCases(const UseCases&) = delete;
    UseCases& operator=(const UseCases&) = delete;

    Accounts accounts;
    Registrations registrations;
    ApiKeys api_keys;
    Users users;
    PasswordResets password_resets;
    Invites invites;
    Imports imports;
    Databases databases;
    Collections collections;
    Definitions definitions;
    Comparisons comparisons;
    Syncs syncs;
    Trash trash;
    AuditLog audit;
};

}  // namespace mim::app
