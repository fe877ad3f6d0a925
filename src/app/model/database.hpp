#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/place.hpp"
#include "app/model/seen_server.hpp"
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
    std::optional<Place> place{};             // none: its text names no host, or an older version wrote it
    std::optional<SeenServer> seen_server{};  // none: nobody has looked since it leads there
    // Told by the keeper of places (app/places.hpp), stored nowhere: the others that lead to the same place,
    // and which of them it is protected by when it is not by itself.
    std::vector<DatabaseId> same_place_as{};
    std::optional<DatabaseId> protected_by{};
};

// An entry as far as it is told to those that lead to the same place.
struct Neighbour {
    DatabaseId id;
    Place place;
    Protection protection = Protection::off;
};

// A protected database's documents are shown to nobody.
[[nodiscard]] inline bool shows_duplicates(const Database& database) {
    return database.duplicate_samples == DuplicateSamples::shown && database.protection == Protection::off;
}

}  // namespace mim::app
