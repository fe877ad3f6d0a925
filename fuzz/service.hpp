// The use-cases over in-memory ports, with an administrator who is signed in and one database.
#pragma once

#include "app/use_cases.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/fake_target.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"
#include "http/api.hpp"

namespace mim::fuzz {

class Service {
  public:
    Service();
    [[nodiscard]] http::Api api();
    [[nodiscard]] const std::string& token() const { return tokens_.access_token; }
    [[nodiscard]] const std::string& database() const { return database_; }

  private:
    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens codec_{"key"};
    fakes::FakeOneTimeTokens invite_tokens_;
    fakes::FakeOneTimeTokens reset_tokens_;
    fakes::FakeKeySecrets key_secrets_;
    fakes::FakeServer mongo_;
    fakes::FakeTargets targets_{mongo_};
    app::UseCases use_cases_;
    app::TokenPair tokens_;
    std::string database_;
};

}  // namespace mim::fuzz
