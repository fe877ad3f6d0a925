#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace mim::app {

// What a protected database asks for is told in app/protection.hpp.
enum class Protection { off, on };

// Whether a plan shows values of the documents that stand in the way of a unique index.
enum class DuplicateSamples { shown, hidden };

// A connection to a target deployment's database.
struct Database {
    DatabaseId id = DatabaseId::generate();
    Timestamp created_at{};
    Timestamp updated_at{};
    std::string name;  // unique
    std::string description;
    Secret uri;
    std::optional<Error> uri_error{};  // why the store could not read it: then `uri` is empty
    std::string db_name;
    Protection protection = Protection::off;
    DuplicateSamples duplicate_samples = DuplicateSamples::shown;
};

// A protected database's documents are shown to nobody.
[[nodiscard]] inline bool shows_duplicates(const Database& database) {
    return database.duplicate_samples == DuplicateSamples::shown && database.protection == Protection::off;
}

}  // namespace mim::app
