// The real use-cases over in-memory ports, with an administrator who is signed in and one database.
#pragma once

#include "app/accounts.hpp"
#include "app/registrations.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/fake_target.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"
#include "http/api.hpp"

namespace mim::fuzz {

class UseCases {
  public:
    UseCases();
    [[nodiscard]] http::Api api();
    [[nodiscard]] const std::string& token() const { return tokens_.access_token; }
    [[nodiscard]] const std::string& database() const { return database_; }

  private:
    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens codec_{"key"};
    fakes::FakeInviteTokens invite_tokens_;
    fakes::FakeKeySecrets key_secrets_;
    fakes::FakeServer mongo_;
    fakes::FakeTargets targets_{mongo_};
    app::Accounts accounts_;
    app::Registrations registrations_;
    app::Users users_;
    app::Invites invites_;
    app::Imports imports_;
    app::Databases databases_;
    app::Collections collections_;
    app::Definitions definitions_;
    app::Comparisons comparisons_;
    app::Syncs syncs_;
    app::ApiKeys api_keys_;
    app::AuditLog audit_;
    app::TokenPair tokens_;
    std::string database_;
};

}  // namespace mim::fuzz
