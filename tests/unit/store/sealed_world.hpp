// The stores on one empty SQLite file, with connection strings sealed.
#pragma once

#include "store/sealing_database_store.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {

class SealedWorld : public SqliteWorld {
  public:
    app::DatabaseStore& databases() { return *sealing_; }
    app::DatabaseStore& plain() { return SqliteWorld::databases(); }
    // The same store, seen with other keys.
    std::unique_ptr<app::DatabaseStore> seen_with(drivers::crypto::SecretBox keys) {
        return create_sealing_database_store(create_sqlite_database_store(connections()), std::move(keys));
    }
    const drivers::crypto::SealKey key = drivers::crypto::SealKey::generate();
    const drivers::crypto::SecretBox box{{key}};

  private:
    std::unique_ptr<app::DatabaseStore> sealing_ = seen_with(box);
};

}  // namespace mim::store
