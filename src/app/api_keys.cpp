#include "app/api_keys.hpp"

#include <algorithm>
#include <map>

#include "app/paging.hpp"
#include "app/session_cache.hpp"
#include "app/text_rules.hpp"

namespace mim::app {
namespace {

constexpr TextLimits key_name_limits{1, 100};
constexpr int tries_for_a_free_prefix = 3;

struct KeyText {
    std::string_view prefix;
    std::string_view secret;
};

std::optional<KeyText> parts_of(std::string_view key) {
    key.remove_prefix(api_key_mark.size());
    const std::size_t end = key.find('_');
    if (end == std::string_view::npos || end == 0 || end + 1 == key.size()) return std::nullopt;
    return KeyText{key.substr(0, end), key.substr(end + 1)};
}

// A key never administers, whoever made it.
Role role_by_key(KeyScope scope, Role owners) {
    return scope == KeyScope::read || owners == Role::viewer ? Role::viewer : Role::editor;
}

Error key_is_wrong() {
    return {ErrorCode::token_wrong, "Token is wrong"};
}

Error no_such_key() {
    return {ErrorCode::not_found, "API key not found"};
}

bool has_expired(const ApiKey& key, Timestamp now) {
    return key.expires_at && now >= *key.expires_at;
}

}  // namespace

struct ApiKeys::State {
    ApiKeyPorts ports;
    SessionCache sessions;

    explicit State(ApiKeyPorts used) : ports(used) {}

    [[nodiscard]] bool is_fresh(const SessionCache::Session& session) const {
        return session.epoch == sessions.epoch() &&
               ports.clock.steady() - session.seen_live < Accounts::revocation_delay;
    }

    // Best effort: a caller is not turned away because his use could not be noted.
    void note_use(const ApiKey& key, Timestamp now) const {
        if (key.last_used_at && now - *key.last_used_at < use_is_noted_every) return;
        static_cast<void>(ports.keys.note_use(key.id, now));
    }

    // token_revoked: the owner is gone or disabled.
    [[nodiscard]] Result<User> owner_of(const ApiKey& key) const {
        auto owner = ports.users.get(key.owner);
        if (!owner && owner.error().code != ErrorCode::not_found) return owner.error();
        if (!owner || owner->status == AccountStatus::disabled)
            return Error{ErrorCode::token_revoked, "Token is revoked"};
        return owner;
    }

    // Asks the stores, and remembers the answer.
    Result<Caller> admit(std::string_view text) {
        const auto parts = parts_of(text);
        if (!parts) return key_is_wrong();
        const SessionCache::Epoch epoch = sessions.epoch();
        const SteadyTime asked = ports.clock.steady();
        const Timestamp now = ports.clock.now();
        const auto key = ports.keys.find_by_prefix(parts->prefix);
        if (!key) return key.error().code == ErrorCode::not_found ? key_is_wrong() : key.error();
        if (ports.secrets.verify(parts->secret, key->secret_hash) != KeySecrets::Verdict::matches ||
            has_expired(*key, now)) {
            return key_is_wrong();
        }
        MIM_TRY(owner, owner_of(*key));
        note_use(*key, now);
        const Caller caller{.user = key->owner,
                            .family = std::nullopt,
                            .role = role_by_key(key->scope, owner.role),
                            .key = std::make_shared<KeyGrant>(key->id, key->prefix, key->databases)};
        sessions.keep(text, {caller, key->expires_at.value_or(Timestamp::max()), asked, epoch});
        return caller;
    }

    Done check(const ApiKeyDraft& draft) const {
        std::vector<FieldError> bad;
        require_text(bad, "name", draft.name, key_name_limits);
        if (draft.lifetime && (draft.lifetime->count() < 1 || *draft.lifetime > longest_lifetime)) {
            bad.push_back(
                {"expires_in_seconds", "must be from 1 to " + std::to_string(longest_lifetime.count())});
        }
        if (draft.databases && draft.databases->size() > most_databases)
            bad.push_back({"databases", "must have at most " + std::to_string(most_databases) + " items"});
        MIM_CHECK(verdict(std::move(bad)));
        if (!draft.databases) return {};
        for (std::size_t at = 0; at < draft.databases->size(); ++at) {
            const auto found = ports.databases.get((*draft.databases)[at]);
            if (found) continue;
            if (found.error().code != ErrorCode::not_found) return found.error();
            return invalid_field("databases[" + std::to_string(at) + "]", "There is no such database");
        }
        return {};
    }
};

ApiKeys::ApiKeys(ApiKeyPorts ports) : state_(std::make_unique<State>(ports)) {}
ApiKeys::~ApiKeys() = default;

bool ApiKeys::is_meant_by(std::string_view bearer) {
    return bearer.starts_with(api_key_mark);
}

Result<NewApiKey> ApiKeys::create(const Caller& maker, const ApiKeyDraft& draft) {
    const ApiKeyPorts& ports = state_->ports;
    MIM_CHECK(state_->check(draft));
    MIM_TRY(owner, ports.users.get(maker.user));
    if (draft.scope == KeyScope::write && owner.role == Role::viewer) {
        return Error{ErrorCode::forbidden, "Your role (viewer) may only read, and so may a key of yours"};
    }
    ApiKey key{.owner = owner.id};
    key.created_at = ports.clock.now();
    key.name = draft.name;
    key.scope = draft.scope;
    key.databases = draft.databases;
    if (draft.lifetime) key.expires_at = key.created_at + *draft.lifetime;
    for (int tries = 1;; ++tries) {
        const KeySecrets::Made made = ports.secrets.make();
        key.prefix = made.prefix;
        key.secret_hash = ports.secrets.hash(made.secret.reveal());
        const Done stored = ports.keys.create(key);
        if (stored) {
            Secret text(std::string(api_key_mark) + key.prefix + "_" + made.secret.reveal());
            return NewApiKey{std::move(key), std::move(text)};
        }
        const bool taken = stored.error().code == ErrorCode::already_exists;
        if (!taken || tries == tries_for_a_free_prefix) return stored.error();
    }
}

Result<Page<OwnedApiKey>> ApiKeys::list(const Caller& caller, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    const auto owner = caller.role == Role::admin ? std::nullopt : std::optional(caller.user);
    MIM_TRY(found, state_->ports.keys.list(owner, wanted));
    Page<OwnedApiKey> owned{.items = {}, .total = found.total, .page = found.page, .limit = found.limit};
    std::map<UserId, std::string> names;
    for (ApiKey& key : found.items) {
        auto [name, is_new] = names.try_emplace(key.owner);
        if (is_new) {
            const auto user = state_->ports.users.get(key.owner);
            if (user) name->second = user->username;
        }
        owned.items.push_back({std::move(key), name->second});
    }
    return owned;
}

Result<ApiKey> ApiKeys::remove(const Caller& caller, const ApiKeyId& id) {
    MIM_TRY(key, state_->ports.keys.get(id));
    if (key.owner != caller.user && caller.role != Role::admin) return no_such_key();
    const auto removed = state_->ports.keys.remove(id);
    state_->sessions.note_revocation();
    if (!removed) return removed.error();
    if (*removed == Removal::nothing_there) return no_such_key();
    return key;
}

void ApiKeys::check_keys_again() {
    state_->sessions.note_revocation();
}

Done ApiKeys::confirm(const Caller& caller) {
    const auto key = state_->ports.keys.get(caller.key->id);
    if (!key) return key.error().code == ErrorCode::not_found ? key_is_wrong() : key.error();
    if (has_expired(*key, state_->ports.clock.now())) return key_is_wrong();
    MIM_CHECK(state_->owner_of(*key));
    return {};
}

Result<Caller> ApiKeys::authenticate(std::string_view key) {
    if (auto session = state_->sessions.find(key)) {
        const bool live = state_->ports.clock.now() < session->expires_at;
        if (live && state_->is_fresh(*session)) return std::move(session->caller);
    }
    auto caller = state_->admit(key);
    if (!caller) state_->sessions.drop(key);
    return caller;
}

}  // namespace mim::app
