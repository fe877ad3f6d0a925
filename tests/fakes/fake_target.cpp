#include "fakes/fake_target.hpp"

#include <algorithm>

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/in_place.hpp"

namespace mim::fakes {
namespace {

Error refused(const index::Rejection& rejection) {
    return {ErrorCode::target_refused, rejection.message, rejection.reply()};
}

index::LiveIndex id_index() {
    index::LiveIndex live;
    live.spec.name = "_id_";
    live.spec.key = bson::Builder().add("_id", 1).take();
    live.spec.options = bson::Builder().add("v", 2).take();
    return live;
}

FakeCollection& ensure(FakeDatabase& database, const std::string& name) {
    const auto [place, is_new] = database.try_emplace(name);
    if (is_new) place->second.indexes.push_back(id_index());
    return place->second;
}

std::vector<index::Spec> specs_of(const FakeCollection& collection) {
    std::vector<index::Spec> specs;
    for (const index::LiveIndex& live : collection.indexes) specs.push_back(live.spec);
    return specs;
}

std::string names_of(const std::vector<index::Spec>& specs) {
    std::string names;
    for (const index::Spec& spec : specs) names += (names.empty() ? "" : ",") + spec.name;
    return names;
}

}  // namespace

class FakeTarget final : public app::Target {
  public:
    // Without a signal the lease is never lost.
    FakeTarget(FakeServer& server, std::string database, const app::StopSignal* signal)
        : server_(server), database_(std::move(database)), signal_(signal) {}

    Result<app::ServerInfo> probe(Deadline) override {
        if (const auto fault = server_.faults.enter("probe")) return fault->error;
        const index::ServerRelease release{server_.binary_version.value_or(server_.version), server_.version};
        return app::ServerInfo{release.binary.text() + ".1", release, "standalone",
                               std::chrono::milliseconds{1}, app::FeatureVersionSource::server};
    }

    Result<std::vector<index::LiveCollection>> read(const app::ReadRequest& request, Deadline) override {
        if (const auto fault = server_.faults.enter("read")) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        FakeDatabase& database = server_.databases_[database_];
        std::vector<std::string> names;
        for (const auto& [name, collection] : database) names.push_back(name);
        std::vector<index::LiveCollection> read;
        for (const std::string& name : request.collections.value_or(names))
            read.push_back(live(database, name));
        return read;
    }

    Done create_indexes(const std::string& collection, const std::vector<index::Spec>& specs, Deadline,
                        app::BuildObserver& observer) override {
        MIM_CHECK(lease_held());
        const auto fault = server_.faults.enter("create " + collection + " " + names_of(specs));
        if (fault && fault->effect == Effect::none) return fault->error;
        for (const app::BuildProgress& report : server_.build_reports) {
            const auto verdict = observer.on_progress(report);
            if (verdict == app::BuildVerdict::go_on) continue;
            if (verdict == app::BuildVerdict::abort) {
                MIM_CHECK(drop_unfinished(collection, specs));
                return Error{ErrorCode::cancelled, "The build was ended"};
            }
            MIM_CHECK(build(collection, specs, index::LiveIndex::State::building));
            return Error{ErrorCode::cancelled, "The build was left to the server"};
        }
        MIM_CHECK(build(collection, specs, index::LiveIndex::State::ready));
        if (fault) return fault->error;
        return {};
    }

    Done end_builds(const std::string& collection, const std::vector<index::Spec>& specs, Deadline) override {
        MIM_CHECK(lease_held());
        const auto fault = server_.faults.enter("end " + collection + " " + names_of(specs));
        if (fault && fault->effect == Effect::none) return fault->error;
        MIM_CHECK(drop_unfinished(collection, specs));
        if (fault) return fault->error;
        return {};
    }

    Done drop_index(const std::string& collection, const std::string& name, Deadline) override {
        MIM_CHECK(lease_held());
        const auto fault = server_.faults.enter("drop " + collection + " " + name);
        if (fault && fault->effect == Effect::none) return fault->error;
        if (name == "_id_")
            return Error{ErrorCode::target_refused, "cannot drop _id index", {72, "InvalidOptions", ""}};
        const std::scoped_lock lock(server_.mutex_);
        auto& indexes = ensure(server_.databases_[database_], collection).indexes;
        std::erase_if(indexes, [&](const index::LiveIndex& live) { return live.spec.name == name; });
        if (fault) return fault->error;
        return {};
    }

    Done modify_index(const std::string& collection, bson::DocumentView change, Deadline) override {
        const std::string name(change.find("name") ? change.find("name")->string().value_or("?") : "?");
        MIM_CHECK(lease_held());
        const auto fault = server_.faults.enter("modify " + collection + " " + name);
        if (fault && fault->effect == Effect::none) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        FakeCollection& there = ensure(server_.databases_[database_], collection);
        const auto outcome = index::modify(specs_of(there), change, {server_.version, there.traits});
        if (outcome.rejection) return refused(*outcome.rejection);
        there.indexes[outcome.modified->position].spec = outcome.modified->after;
        if (fault) return fault->error;
        return {};
    }

    Result<index::DuplicateReport> find_duplicates(const std::string& collection, const index::Spec& spec,
                                                   Deadline) override {
        const std::string what = collection + " " + spec.name;
        if (const auto fault = server_.faults.enter("duplicates " + what)) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        const auto found = server_.duplicates.find(what);
        return found == server_.duplicates.end() ? index::DuplicateReport{} : found->second;
    }

  private:
    index::LiveCollection live(const FakeDatabase& database, const std::string& name) const {
        index::LiveCollection one;
        one.name = name;
        const auto found = database.find(name);
        if (found == database.end()) {
            one.traits.kind = index::CollectionKind::missing;
            return one;
        }
        one.traits = found->second.traits;
        one.unreadable = found->second.unreadable;
        if (one.unreadable) return one;
        one.indexes = found->second.indexes;
        one.unreadable_indexes = found->second.unreadable_indexes;
        const index::RuleContext rules{server_.version, one.traits};
        one.readiness_unknown = found->second.readiness_unknown;
        for (index::LiveIndex& index : one.indexes) {
            index.spec = index::listed_form(index.spec, rules);
            if (one.readiness_unknown) index.state = index::LiveIndex::State::ready;
        }
        return one;
    }

    // What is built on a collection is one build, which ends as a whole.
    Done drop_unfinished(const std::string& collection, const std::vector<index::Spec>& specs) {
        const std::scoped_lock lock(server_.mutex_);
        FakeDatabase& database = server_.databases_[database_];
        if (!database.contains(collection)) return {};
        if (const auto& reason = database.at(collection).readiness_unknown)
            return Error{ErrorCode::target_outcome_unknown, *reason};
        auto& indexes = database.at(collection).indexes;
        const auto building = [](const index::LiveIndex& live) {
            return live.state == index::LiveIndex::State::building;
        };
        const auto named = [&](const index::LiveIndex& live) {
            return std::any_of(specs.begin(), specs.end(),
                               [&](const index::Spec& spec) { return spec.name == live.spec.name; });
        };
        if (std::any_of(indexes.begin(), indexes.end(),
                        [&](const index::LiveIndex& live) { return building(live) && !named(live); }))
            return Error{ErrorCode::target_refused,
                         "a part of a build cannot be ended",
                         {12587, "BackgroundOperationInProgressForNamespace", ""}};
        std::erase_if(indexes, building);
        return {};
    }

    // All of them or none, as one createIndexes does.
    Done build(const std::string& collection, const std::vector<index::Spec>& specs,
               index::LiveIndex::State state) {
        const std::scoped_lock lock(server_.mutex_);
        FakeDatabase& database = server_.databases_[database_];
        FakeCollection after = database.contains(collection) ? database.at(collection) : FakeCollection{};
        if (!database.contains(collection)) after.indexes.push_back(id_index());
        const index::RuleContext rules{server_.version, after.traits};
        for (const index::Spec& spec : specs) {
            if (server_.refuses_build) {
                if (auto refusal = server_.refuses_build(spec)) return std::move(*refusal);
            }
            if (const auto duplicated = server_.duplicates.find(collection + " " + spec.name);
                duplicated != server_.duplicates.end() && !duplicated->second.groups.empty())
                return Error{ErrorCode::target_refused, "E11000", {11000, "DuplicateKey", "E11000"}};
            if (const auto rejection = index::check(spec, rules)) return refused(*rejection);
            index::LiveIndex built;
            built.spec = index::stored_form(spec, rules);
            const auto acceptance = index::accept(specs_of(after), built.spec, rules);
            if (acceptance.rejection) return refused(*acceptance.rejection);
            built.state = state;
            if (acceptance.kind == index::Acceptance::Kind::creates)
                after.indexes.push_back(std::move(built));
            for (index::LiveIndex& live : after.indexes) {
                if (live.spec.name == spec.name && state == index::LiveIndex::State::ready)
                    live.state = state;  // joined its build
            }
        }
        database.insert_or_assign(collection, std::move(after));
        return {};
    }

    [[nodiscard]] Done lease_held() const {
        if (signal_ == nullptr || !signal_->lease_lost()) return {};
        return Error{ErrorCode::lease_lost, "The lease is another's"};
    }

    FakeServer& server_;
    const std::string database_;
    const app::StopSignal* const signal_;
};

class FakeTargetCollections final : public app::TargetCollections {
  public:
    FakeTargetCollections(FakeServer& server, std::string database)
        : server_(server), database_(std::move(database)) {}

    Done create_collection(const std::string& name, Deadline) override {
        if (const auto fault = server_.faults.enter("create_collection " + name)) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        if (database().contains(name)) return Error{ErrorCode::already_exists, "The collection exists"};
        ensure(database(), name);
        return {};
    }
    Done rename_collection(const std::string& from, const std::string& to, Deadline) override {
        if (const auto fault = server_.faults.enter("rename_collection " + from + " " + to))
            return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        if (!database().contains(from)) return Error{ErrorCode::not_found, "There is no such collection"};
        if (database().contains(to)) return Error{ErrorCode::already_exists, "The collection exists"};
        auto node = database().extract(from);
        node.key() = to;
        database().insert(std::move(node));
        return {};
    }
    Done drop_collection(const std::string& name, Deadline) override {
        if (const auto fault = server_.faults.enter("drop_collection " + name)) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        database().erase(name);
        return {};
    }
    Result<std::int64_t> count_documents(const std::string& name, Deadline) override {
        if (const auto fault = server_.faults.enter("count " + name)) return fault->error;
        const std::scoped_lock lock(server_.mutex_);
        const auto found = database().find(name);
        return found == database().end() ? std::int64_t{0} : found->second.documents;
    }

  private:
    FakeDatabase& database() { return server_.databases_[database_]; }
    FakeServer& server_;
    const std::string database_;
};

void FakeServer::seed(const std::string& database, const std::string& collection, const index::Spec& spec) {
    const std::scoped_lock lock(mutex_);
    FakeCollection& there = ensure(databases_[database], collection);
    index::LiveIndex live;
    live.spec = index::stored_form(spec, {version, there.traits});
    there.indexes.push_back(std::move(live));
}

bool FakeServer::has(const std::string& database, const std::string& collection,
                     const std::string& index) const {
    const std::scoped_lock lock(mutex_);
    const auto in_database = databases_.find(database);
    if (in_database == databases_.end()) return false;
    const auto there = in_database->second.find(collection);
    if (there == in_database->second.end()) return false;
    return std::any_of(there->second.indexes.begin(), there->second.indexes.end(),
                       [&](const index::LiveIndex& live) { return live.spec.name == index; });
}

std::vector<std::string> FakeServer::writes() const {
    std::vector<std::string> calls = faults.calls();
    std::erase_if(calls, [](const std::string& call) {
        return !call.starts_with("create") && !call.starts_with("drop") && !call.starts_with("modify") &&
               !call.starts_with("rename");
    });
    return calls;
}

Done FakeTargets::check_uri(const Secret& uri) {
    if (const auto fault = server_.faults.enter("check_uri")) return fault->error;
    const std::string& text = uri.reveal();
    if (text.starts_with("mongodb://") || text.starts_with("mongodb+srv://")) return {};
    return invalid_field("uri", "must begin with mongodb:// or mongodb+srv://");
}

Result<std::shared_ptr<app::Target>> FakeTargets::open(const app::Database& database) {
    opened.push_back(database.uri);
    if (const auto fault = server_.faults.enter("open")) return fault->error;
    return std::shared_ptr<app::Target>(std::make_shared<FakeTarget>(server_, database.db_name, nullptr));
}

Result<std::shared_ptr<app::Target>> FakeTargets::open_for_run(const app::Database& database,
                                                               const app::StopSignal& signal) {
    opened.push_back(database.uri);
    if (const auto fault = server_.faults.enter("open")) return fault->error;
    return std::shared_ptr<app::Target>(std::make_shared<FakeTarget>(server_, database.db_name, &signal));
}

Result<std::shared_ptr<app::TargetCollections>> FakeTargets::open_collections(const app::Database& database) {
    opened.push_back(database.uri);
    if (const auto fault = server_.faults.enter("open")) return fault->error;
    return std::shared_ptr<app::TargetCollections>(
        std::make_shared<FakeTargetCollections>(server_, database.db_name));
}

Result<app::ServerInfo> FakeTargets::test(const app::Database& database, Deadline deadline) {
    MIM_TRY(target, open(database));
    return target->probe(deadline);
}

bool FakeTargets::is_paused(const app::Database&) {
    return false;
}

void FakeTargets::forget(const DatabaseId& database) {
    forgotten.push_back(database);
}

}  // namespace mim::fakes
