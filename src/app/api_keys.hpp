// API keys for machines: make, list, delete; and who is calling by one. Thread-safe; blocking.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/accounts.hpp"
#include "app/ports/api_key_store.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/key_secrets.hpp"

namespace mim::app {

struct ApiKeyDraft {
    std::string name;
    KeyScope scope = KeyScope::read;
    std::optional<std::vector<DatabaseId>> databases{};  // none = every one
    std::optional<std::chrono::seconds> lifetime{};      // none = until it is deleted
};

struct NewApiKey {
    ApiKey key;
    Secret text;  // the whole key; nobody can show it again
};

struct OwnedApiKey {
    ApiKey key;
    std::string username;  // of its owner
};

struct ApiKeyPorts {
    ApiKeyStore& keys;
    UserStore& users;
    DatabaseStore& databases;
    KeySecrets& secrets;
    const Clock& clock;
};

class ApiKeys {
  public:
    explicit ApiKeys(ApiKeyPorts ports);
    ~ApiKeys();

    // Whether a bearer is meant to be an API key.
    [[nodiscard]] static bool is_meant_by(std::string_view bearer);

    // invalid_input; forbidden: the scope is more than the maker's own role.
    Result<NewApiKey> create(const Caller& maker, const ApiKeyDraft& draft);
    Result<Page<OwnedApiKey>> list(const Caller& caller, const PageRequest& page);  // an admin sees all
    // As it was. not_found: also somebody else's, unless an admin asks.
    Result<ApiKey> remove(const Caller& caller, const ApiKeyId& id);
    // The owner, with at most the scope's role and at most his own. What was deleted, or lost its owner's
    // role, elsewhere is seen within Accounts::revocation_delay; here at once. token_wrong
    // (also expired or deleted), token_revoked (the owner is gone or disabled).
    Result<Caller> authenticate(std::string_view key);

    // Asks the stores whether a caller who was authenticated by a key earlier still is: for what outlives a
    // request. Errors as above.
    Done confirm(const Caller& caller);

    // After a change of an account: every key asks the store before it is believed again.
    void check_keys_again();

    static constexpr std::chrono::seconds use_is_noted_every{60};
    static constexpr std::chrono::seconds longest_lifetime{std::chrono::hours{24 * 3653}};  // ten years
    static constexpr std::size_t most_databases = 100;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mim::app
