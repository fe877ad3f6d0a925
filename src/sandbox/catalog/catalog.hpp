// Every database and collection of the sandbox. Pointers to collections stay valid until the collection is
// dropped or renamed. Not thread-safe: the sandbox runs on one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "index/definition/server_version.hpp"
#include "sandbox/catalog/collection.hpp"

namespace mim::sandbox::catalog {

struct Name {
    std::string database;
    std::string collection;
    [[nodiscard]] std::string text() const { return database + "." + collection; }
    // "db.coll"; none without a dot or with an empty part.
    [[nodiscard]] static std::optional<Name> parse(std::string_view text);
    friend auto operator<=>(const Name&, const Name&) = default;
};

// What the sandbox plays: a mongos answers for a cluster, whose collections may be sharded.
enum class Deployment { standalone, sharded };

using Collections = std::map<std::string, Collection>;

class Catalog {
  public:
    Catalog(index::ServerVersion version, const Clock& clock) : version_(version), clock_(&clock) {}

    [[nodiscard]] Collection* find(const Name& name);
    [[nodiscard]] const std::map<std::string, Collections>& databases() const { return databases_; }
    [[nodiscard]] std::map<std::string, Collections>& databases() { return databases_; }
    [[nodiscard]] const Collections& collections(const std::string& database) const;
    // Whose rules hold: the feature compatibility version.
    [[nodiscard]] index::ServerVersion version() const { return version_; }
    void follow(index::ServerVersion version) { version_ = version; }
    [[nodiscard]] Deployment deployment() const { return deployment_; }
    void set_deployment(Deployment deployment) { deployment_ = deployment; }
    [[nodiscard]] Timestamp now() const { return clock_->now(); }

    // Makes the collection with the indexes it has from birth: `_id_`, a clustered one, or a time series'
    // own. The name must be free and allowed. `id_index` is `_id_` as somebody asked for it.
    Collection& create(const Name& name, index::CollectionTraits traits,
                       const std::optional<bson::Document>& id_index = std::nullopt);
    void drop(const Name& name);
    void drop_database(const std::string& database) { databases_.erase(database); }
    void rename(const Name& from, const Name& to);
    // How the domain judges an index of this collection; a missing one too.
    [[nodiscard]] index::RuleContext rules_for(const Name& name);
    void clear() {
        databases_.clear();
        deployment_ = Deployment::standalone;
    }

  private:
    std::map<std::string, Collections> databases_;
    index::ServerVersion version_;
    Deployment deployment_ = Deployment::standalone;
    const Clock* clock_;
};

}  // namespace mim::sandbox::catalog
