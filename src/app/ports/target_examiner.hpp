// Looks at a target on behalf of its owner: who we are there, what we may do, what its clock says. Only
// reads. Blocking, bounded by the deadline; thread-safe. Errors: those of a target, and secret_unreadable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/database.hpp"
#include "app/ports/target.hpp"

namespace mim::app {

// One entry of authenticatedUserPrivileges.
struct Privilege {
    enum class On { cluster, anything, names } on = On::names;
    std::string database{};    // of `names`: empty = every one
    std::string collection{};  // of `names`: empty = every one
    std::vector<std::string> actions{};
};

struct TargetAccount {
    std::vector<std::string> users;  // "mim@admin"; empty when nobody is signed in
    std::vector<std::string> roles;  // "readWrite@shop"
    // None: the server does not tell.
    std::optional<std::vector<Privilege>> privileges;
};

// Something that only reads, tried.
struct TriedRead {
    std::string what;  // "listIndexes"
    std::optional<Error> refusal{};
};

struct TargetExamination {
    ServerInfo server;
    // Its clock against ours; none when it does not tell. Known to half of the time that the question took.
    std::optional<std::chrono::milliseconds> clock_ahead;
    std::chrono::milliseconds clock_doubt{0};
    TargetAccount account;
    std::vector<TriedRead> reads;
};

class TargetExaminer {
  public:
    virtual ~TargetExaminer() = default;
    virtual Result<TargetExamination> examine(const Database& database, Deadline deadline) = 0;
};

}  // namespace mim::app
