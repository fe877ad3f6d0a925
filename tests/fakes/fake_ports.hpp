// Every port that the use-cases stand on, in memory: for what tries the whole service.
#pragma once

#include "app/use_cases.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/fake_target.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {

struct FakePorts {
    ManualClock clock;
    MemoryStore store{clock};
    FakeHasher hasher;
    FakeTokens codec{"key"};
    FakeOneTimeTokens invite_tokens;
    FakeOneTimeTokens reset_tokens;
    FakeKeySecrets key_secrets;
    FakeServer mongo;
    FakeTargets targets{mongo};

    [[nodiscard]] app::UseCasePorts ports();
};

}  // namespace mim::fakes
