#include "main/service.hpp"

#include "identity/key_secrets.hpp"
#include "identity/one_time_tokens.hpp"
#include "identity/password_hasher.hpp"
#include "identity/token_codec.hpp"

namespace mim::main {

struct Service::Parts {
    std::unique_ptr<Engine> engine;
    std::unique_ptr<app::PasswordHasher> hasher;
    std::unique_ptr<app::TokenCodec> tokens;
    std::string public_keys;
    std::unique_ptr<app::OneTimeTokens> invite_tokens;
    std::unique_ptr<app::OneTimeTokens> reset_tokens;
    std::unique_ptr<app::KeySecrets> key_secrets;

    app::Accounts accounts;
    app::Registrations registrations;
    app::Users users;
    app::PasswordResets password_resets;
    app::Invites invites;
    app::Imports imports;
    app::Databases databases;
    app::Collections collections;
    app::Definitions definitions;
    app::Comparisons comparisons;
    app::Syncs syncs;
    app::ApiKeys api_keys;
    app::Trash trash;

    Parts(std::unique_ptr<Engine> owned, const identity::KeyRing& keys, const app::RegistrationRules& rules)
        : Parts(std::move(owned), keys, rules, owned->stores, *owned->targets, owned->settings) {}

  private:
    // The references are into the engine, which keeps its place when its owner changes.
    Parts(std::unique_ptr<Engine>&& owned, const identity::KeyRing& keys, const app::RegistrationRules& rules,
          const store::Stores& stores, app::Targets& targets, const ServeSettings& wanted)
        : engine(std::move(owned)),
          hasher(identity::create_password_hasher({})),
          tokens(identity::create_token_codec(wanted.tokens, keys)),
          public_keys(identity::key_set_json(keys)),
          invite_tokens(identity::create_invite_tokens()),
          reset_tokens(identity::create_reset_tokens()),
          key_secrets(identity::create_key_secrets()),
          accounts({*stores.users, *stores.token_families, *hasher, *tokens, system_clock()},
                   wanted.lifetimes, wanted.logins),
          registrations({*stores.users, *stores.invites, *hasher, *invite_tokens, system_clock()}, rules),
          users({*stores.users, *stores.token_families, accounts, system_clock()}),
          password_resets(
              {*stores.users, *stores.token_families, *hasher, *reset_tokens, accounts, system_clock()}),
          invites({*stores.invites, *invite_tokens, system_clock()}, rules.policy),
          imports({*stores.databases, *stores.definitions, targets, system_clock(), wanted.targets.deadline}),
          databases(
              {*stores.databases, *stores.collections, targets, system_clock(), wanted.targets.deadline},
              imports),
          collections({*stores.databases, *stores.collections, *stores.syncs, targets, system_clock(),
                       wanted.targets.deadline}),
          definitions({*stores.databases, *stores.definitions, system_clock()}),
          comparisons(
              {*stores.databases, *stores.definitions, targets, system_clock(), wanted.targets.deadline}),
          syncs({*stores.databases, *stores.definitions, engine->syncs(), targets, comparisons,
                 system_clock(), wanted.targets.deadline, wanted.max_active_syncs}),
          api_keys({*stores.api_keys, *stores.users, *stores.databases, *key_secrets, system_clock()}),
          trash({*stores.trash, system_clock()}) {}
};

Service::Service(std::unique_ptr<Engine> engine, const identity::KeyRing& keys,
                 const app::RegistrationRules& registration)
    : parts_(std::make_unique<Parts>(std::move(engine), keys, registration)) {}
Service::~Service() = default;

Engine& Service::engine() {
    return *parts_->engine;
}

http::Api Service::api() {
    Parts& parts = *parts_;
    Engine& engine = *parts.engine;
    const auto queue_answers = [&engine]() -> Done {
        MIM_CHECK(engine.queue->figures());
        return {};
    };
    const auto workers_run = [&engine]() -> Done {
        if (engine.workers_run()) return {};
        return Error{ErrorCode::not_ready, "the workers have not started"};
    };
    return http::Api{parts.accounts,
                     parts.registrations,
                     parts.users,
                     parts.password_resets,
                     parts.invites,
                     parts.databases,
                     parts.collections,
                     parts.definitions,
                     parts.imports,
                     parts.comparisons,
                     parts.syncs,
                     parts.api_keys,
                     parts.trash,
                     engine.audit,
                     {{"store", engine.store_answers}, {"queue", queue_answers}, {"workers", workers_run}},
                     [&engine] { return engine.metrics_page(); },
                     &engine.metrics,
                     engine.dead_letters.get(),
                     engine.tracing.tracer(),
                     parts.public_keys};
}

// The engine outlives the use-cases that refer to it.
ConnectionsLeft Service::close(std::unique_ptr<Service> service, std::chrono::milliseconds grace) {
    auto engine = std::move(service->parts_->engine);
    service.reset();
    return Engine::close(std::move(engine), grace);
}

}  // namespace mim::main
