// Target databases: create, read, change, remove, test the connection; their collections. Thread-safe;
// blocking, up to the deadline of a target call.
#pragma once

#include <optional>

#include "app/confirmation.hpp"
#include "app/imports.hpp"
#include "app/model/change.hpp"
#include "app/model/user.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"
#include "base/clock.hpp"

namespace mim::app {

enum class ConnectionTest { skip, perform };
enum class InitialImport { skip, perform };

enum class Credential { access_token, api_key };

struct DatabaseDraft {
    std::string name;
    std::string description;
    Secret uri;
    std::string db_name;
    std::optional<Protection> protection = std::nullopt;               // none = off when new, else as it is
    std::optional<DuplicateSamples> duplicate_samples = std::nullopt;  // none = shown when new, else as it is
};

// What is left out stays as it is.
struct DatabaseChange {
    std::optional<std::string> name;
    std::optional<std::string> description;
    std::optional<Secret> uri;
    std::optional<std::string> db_name;
    std::optional<Protection> protection = std::nullopt;
    std::optional<DuplicateSamples> duplicate_samples = std::nullopt;

    DatabaseChange() = default;
    // All that a draft tells: it is a change of everything. NOLINTNEXTLINE(google-explicit-constructor)
    DatabaseChange(const DatabaseDraft& draft)
        : name(draft.name),
          description(draft.description),
          uri(draft.uri),
          db_name(draft.db_name),
          protection(draft.protection),
          duplicate_samples(draft.duplicate_samples) {}
};

struct CreatedDatabase {
    DatabaseId id;
    std::optional<ImportReport> import;
    Database stored{};
};

struct DatabasePorts {
    DatabaseStore& databases;
    CollectionStore& collections;
    Targets& targets;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
};

class Databases {
  public:
    Databases(DatabasePorts ports, Imports& imports) : ports_(ports), imports_(imports) {}

    // invalid_input, already_exists, target_… when testing or importing (then nothing is stored); forbidden:
    // protection is an administrator's to set.
    Result<CreatedDatabase> create(const DatabaseDraft& draft, ConnectionTest test, InitialImport import,
                                   Role as);
    Result<Database> get(const DatabaseId& id);
    Result<Page<Database>> list(const PageRequest& page);
    // The same of these alone.
    Result<Page<Database>> list_among(const std::vector<DatabaseId>& ids, const PageRequest& page);
    // Two changes at once both take effect. A URI that still holds the mask keeps the stored password, as
    // with_stored_secrets allows. Tests only when the URI changed. forbidden: protection is an
    // administrator's to set and clear, and no API key leads a database elsewhere; protected_database:
    // another target for it is an administrator's too.
    Result<Change<Database>> update(const DatabaseId& id, const DatabaseChange& wanted, ConnectionTest test,
                                    Role as, Credential by);
    // Into the trash. As it was; none when there was none. protected_database, sync_active;
    // not_allowed_in_state: it has definitions, and its name does not confirm it; or another name was given.
    Result<std::optional<Database>> remove(const DatabaseId& id, const Confirmation& confirmation, Role as,
                                           const UserId& by);
    Result<ServerInfo> test(const DatabaseId& id);

  private:
    Result<Change<Database>> try_update(const DatabaseId& id, const DatabaseChange& wanted,
                                        ConnectionTest test, Role as, Credential by);
    Result<CreatedDatabase> store(Database database, ConnectionTest test, InitialImport import);
    Done test_candidate(Database candidate);
    Done check_confirmed_removal(const Database& database, const Confirmation& confirmation);

    DatabasePorts ports_;
    Imports& imports_;
};

}  // namespace mim::app
