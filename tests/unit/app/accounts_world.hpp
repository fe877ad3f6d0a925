// Accounts over fakes, and short words for what tests do with them.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "app/accounts.hpp"
#include "app/registrations.hpp"
#include "contract/outcome.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {

using contract::names_field;
using contract::ok;
using contract::outcome;

inline const Secret password{"correct horse"};

class AccountsWorld : public ::testing::Test {
  protected:
    Result<User> add(const std::string& name, const std::string& email, const Secret& secret = password) {
        return registrations_.add({name, email, secret});
    }
    TokenPair log_in(const std::string& identity = "ada") {
        return accounts_.login(identity, password).value();
    }
    Caller caller(const TokenPair& tokens) { return accounts_.authenticate(tokens.access_token).value(); }
    std::size_t count(const std::string& call) {
        const auto calls = store_.faults().calls();
        return static_cast<std::size_t>(std::count(calls.begin(), calls.end(), call));
    }
    // Does it once, when the store is called so, before the call does its work.
    template <class Act>
    void meanwhile(const std::string& call, Act act) {
        store_.faults().on_call = [call, act, done = false](const std::string& made) mutable {
            if (made != call || std::exchange(done, true)) return;
            act();
        };
    }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens tokens_{"key"};
    fakes::FakeOneTimeTokens invite_tokens_;
    Registrations registrations_{{store_.users(), store_.invites(), hasher_, invite_tokens_, clock_}, {}};
    Accounts accounts_{{store_.users(), store_.families(), hasher_, tokens_, clock_}, {}};
};

}  // namespace mim::app
