// The use-cases over in-memory ports, with an administrator who is signed in and one database.
#pragma once

#include "fakes/fake_ports.hpp"
#include "http/api.hpp"

namespace mim::fuzz {

class Service {
  public:
    Service();
    [[nodiscard]] http::Api api();
    [[nodiscard]] const std::string& token() const { return tokens_.access_token; }
    [[nodiscard]] const std::string& database() const { return database_; }

  private:
    fakes::FakePorts in_memory_;
    app::UseCases use_cases_{in_memory_.ports(), {}};
    app::TokenPair tokens_;
    std::string database_;
};

}  // namespace mim::fuzz
