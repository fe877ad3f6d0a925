// One empty SQLite file with all stores on it: the harness of the contract suites.
#pragma once

#include <stdexcept>

#include "store/sqlite/sqlite_store.hpp"
#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::store {

[[nodiscard]] inline std::shared_ptr<sqlite::Connections> open_or_throw(const std::filesystem::path& file) {
    SqliteFile options;
    options.file = file;
    options.patience = std::chrono::milliseconds{30'000};  // a busy test machine is no failure
    auto opened = open_sqlite_file(options, system_clock());
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

class SqliteWorld {
  public:
    app::UserStore& users() { return *stores_.users; }
    app::TokenFamilyStore& families() { return *stores_.token_families; }
    app::InviteStore& invites() { return *stores_.invites; }
    app::ApiKeyStore& api_keys() { return *stores_.api_keys; }
    app::AuditStore& audit() { return *stores_.audit; }
    app::TrashStore& trash() { return *stores_.trash; }
    app::DatabaseStore& databases() { return *stores_.databases; }
    app::DefinitionStore& definitions() { return *stores_.definitions; }
    app::CollectionStore& collections() { return *stores_.collections; }
    app::SyncStore& syncs() { return *stores_.syncs; }
    app::SyncProgressStore& progress() { return *stores_.progress; }
    [[nodiscard]] const std::shared_ptr<sqlite::Connections>& connections() const { return file_; }
    [[nodiscard]] std::filesystem::path file() const { return folder_.file(); }

  private:
    sqlite::TemporaryFolder folder_;
    std::shared_ptr<sqlite::Connections> file_ = open_or_throw(folder_.file());
    SqliteStores stores_ = create_sqlite_stores(file_);
};

}  // namespace mim::store
