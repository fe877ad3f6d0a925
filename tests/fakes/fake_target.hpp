// A MongoDB that lives in memory and answers by the domain's rules: what `index::accept` refuses, it refuses.
// One server, any number of databases by their name. Records its calls and can be told to fail at any of
// them. Thread-safe.
//
// Calls are named: "probe", "read", "create COLLECTION NAME,NAME", "drop COLLECTION NAME", "modify COLLECTION
// NAME", "duplicates COLLECTION NAME", "create_collection NAME", "rename_collection FROM TO",
// "drop_collection NAME", "count NAME", "open", "check_uri".
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "app/ports/target.hpp"
#include "fakes/faults.hpp"

namespace mim::fakes {

struct FakeCollection {
    index::CollectionTraits traits;
    std::vector<index::LiveIndex> indexes;  // stored form, with _id_
    std::int64_t documents = 0;
    std::optional<Error> unreadable;
    std::vector<index::UnreadableIndex> unreadable_indexes = {};
    // When set, what is being built is read like what is ready, with this reason, and no build can be ended.
    std::optional<std::string> readiness_unknown = {};
};
using FakeDatabase = std::map<std::string, FakeCollection>;

class FakeServer {
  public:
    index::ServerVersion version{7, 0};                    // whose rules it follows
    std::optional<index::ServerVersion> binary_version{};  // where that is another
    Faults faults;
    // What every build reports before it is done; an abort at any of them ends it, and who leaves it at one
    // leaves it building.
    std::vector<app::BuildProgress> build_reports{{"Index Build: scanning collection", 50, 100}};

    // What a look for duplicates answers, by "COLLECTION NAME" of the index; nothing is there otherwise. A
    // build that goes on nevertheless is refused.
    std::map<std::string, index::DuplicateReport> duplicates;
    // Asked before every build; an error is the server's answer to that index.
    std::function<std::optional<Error>(const index::Spec&)> refuses_build;

    // Adds the index as the server would hold it, with the collection when it is not there.
    void seed(const std::string& database, const std::string& collection, const index::Spec& spec);
    // Of a collection that exists. Not for use while other threads call the server.
    FakeCollection& collection(const std::string& database, const std::string& name) {
        return databases_[database].at(name);
    }
    FakeDatabase& database(const std::string& name) { return databases_[name]; }
    [[nodiscard]] bool has(const std::string& database, const std::string& collection,
                           const std::string& index) const;
    // The calls that would change something, in order.
    [[nodiscard]] std::vector<std::string> writes() const;

  private:
    friend class FakeTarget;
    friend class FakeTargetCollections;
    mutable std::mutex mutex_;
    std::map<std::string, FakeDatabase> databases_;
};

class FakeTargets final : public app::Targets {
  public:
    explicit FakeTargets(FakeServer& server) : server_(server) {}

    Done check_uri(const Secret& uri) override;  // anything that begins with mongodb:// or mongodb+srv://
    Result<std::shared_ptr<app::Target>> open(const app::Database& database) override;
    Result<std::shared_ptr<app::Target>> open_for_run(const app::Database& database,
                                                      const app::StopSignal& signal) override;
    Result<std::shared_ptr<app::TargetCollections>> open_collections(const app::Database& database) override;
    Result<app::ServerInfo> test(const app::Database& database, Deadline deadline) override;
    bool is_paused(const app::Database& database) override;
    void forget(const DatabaseId& database) override;
    app::TargetFigures figures() override { return {}; }

    std::vector<DatabaseId> forgotten;
    std::vector<Secret> opened;  // the URIs, in order

  private:
    FakeServer& server_;
};

}  // namespace mim::fakes
