#pragma once

#include <string>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace mim::app {

// A connection to a target deployment's database.
struct Database {
    DatabaseId id = DatabaseId::generate();
    Timestamp created_at{};
    Timestamp updated_at{};
    std::string name;  // unique
    std::string description;
    Secret uri;
    std::string db_name;
};

}  // namespace mim::app
