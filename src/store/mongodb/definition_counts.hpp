// How many definitions each collection of a database has, one document a collection that has any: so that
// listing the collections of a large database reads none of its definitions. Written in the transaction that
// changes the definitions, after its turn (database_turn.hpp).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/model/definition.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

// What a change does to the counts of one database.
class CountChanges {
  public:
    void add(const std::string& collection) { ++by_[collection]; }
    void take(const std::string& collection) { --by_[collection]; }
    // In a transaction.
    Done write(Commands& commands, const DatabaseId& database) const;

  private:
    std::map<std::string, std::int64_t> by_;
};

// Those whose names have `query` anywhere, in any case; empty = all. In any order.
[[nodiscard]] Result<std::vector<app::CollectionSummary>> counts_of(Commands& commands,
                                                                    const DatabaseId& database,
                                                                    const std::string& query);
[[nodiscard]] Result<bool> has_definitions(Commands& commands, const DatabaseId& database,
                                           const std::string& collection);
// In a transaction, as the next.
Done rename_count(Commands& commands, const DatabaseId& database, const std::string& from,
                  const std::string& to);
// From the definitions themselves, of which each is looked at, in an index.
Done count_anew(Commands& commands, const DatabaseId& database);

}  // namespace mim::store::mongodb
