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
    app::UseCases use_cases;

    // The use-cases refer into the engine, which keeps its place when its owner changes.
    Parts(std::unique_ptr<Engine> owned, const identity::KeyRing& keys, const app::RegistrationRules& rules)
        : engine(std::move(owned)),
          hasher(identity::create_password_hasher({})),
          tokens(identity::create_token_codec(engine->settings.tokens, keys)),
          public_keys(identity::key_set_json(keys)),
          invite_tokens(identity::create_invite_tokens()),
          reset_tokens(identity::create_reset_tokens()),
          key_secrets(identity::create_key_secrets()),
          use_cases(ports(), rules_of(engine->settings, rules)) {}

  private:
    [[nodiscard]] app::UseCasePorts ports() const {
        const store::Stores& stores = engine->stores;
        return {.users = *stores.users,
                .families = *stores.token_families,
                .invites = *stores.invites,
                .api_keys = *stores.api_keys,
                .audit = *stores.audit,
                .trash = *stores.trash,
                .databases = *stores.databases,
                .definitions = *stores.definitions,
                .collections = *stores.collections,
                .syncs = engine->syncs(),
                .targets = *engine->targets,
                .hasher = *hasher,
                .tokens = *tokens,
                .invite_tokens = *invite_tokens,
                .reset_tokens = *reset_tokens,
                .key_secrets = *key_secrets,
                .clock = system_clock()};
    }
    static app::UseCaseRules rules_of(const ServeSettings& wanted,
                                      const app::RegistrationRules& registration) {
        return {.lifetimes = wanted.lifetimes,
                .logins = wanted.logins,
                .registration = registration,
                .target_deadline = wanted.targets.deadline,
                .max_active_syncs = wanted.max_active_syncs};
    }
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
    return http::Api{parts.use_cases,
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
