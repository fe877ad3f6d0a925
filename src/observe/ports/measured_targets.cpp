#include "observe/ports/measured.hpp"

namespace mim::observe {
namespace {

using trace::System;

class MeasuredTarget final : public app::Target {
  public:
    MeasuredTarget(std::shared_ptr<app::Target> port, Calls calls) : port_(std::move(port)), calls_(calls) {}

    Result<app::ServerInfo> probe(Deadline deadline) override {
        return calls_.measure({System::target, "indexes.probe"}, [&] { return port_->probe(deadline); });
    }
    Result<std::vector<index::LiveCollection>> read(const app::ReadRequest& request,
                                                    Deadline deadline) override {
        return calls_.measure({System::target, "indexes.read"},
                              [&] { return port_->read(request, deadline); });
    }
    Done create_indexes(const std::string& collection, const std::vector<index::Spec>& specs,
                        Deadline deadline, app::BuildObserver& observer) override {
        return calls_.measure({System::target, "indexes.create"},
                              [&] { return port_->create_indexes(collection, specs, deadline, observer); });
    }
    Done end_builds(const std::string& collection, const std::vector<index::Spec>& specs,
                    Deadline deadline) override {
        return calls_.measure({System::target, "indexes.end_builds"},
                              [&] { return port_->end_builds(collection, specs, deadline); });
    }
    Done drop_index(const std::string& collection, const std::string& name, Deadline deadline) override {
        return calls_.measure({System::target, "indexes.drop"},
                              [&] { return port_->drop_index(collection, name, deadline); });
    }
    Done modify_index(const std::string& collection, bson::DocumentView change, Deadline deadline) override {
        return calls_.measure({System::target, "indexes.modify"},
                              [&] { return port_->modify_index(collection, change, deadline); });
    }
    Result<index::DuplicateReport> find_duplicates(const std::string& collection, const index::Spec& spec,
                                                   Deadline deadline) override {
        return calls_.measure({System::target, "indexes.find_duplicates"},
                              [&] { return port_->find_duplicates(collection, spec, deadline); });
    }

  private:
    std::shared_ptr<app::Target> port_;
    Calls calls_;
};

class MeasuredTargetCollections final : public app::TargetCollections {
  public:
    MeasuredTargetCollections(std::shared_ptr<app::TargetCollections> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done create_collection(const std::string& name, Deadline deadline) override {
        return calls_.measure({System::target, "collections.create"},
                              [&] { return port_->create_collection(name, deadline); });
    }
    Done rename_collection(const std::string& from, const std::string& to, Deadline deadline) override {
        return calls_.measure({System::target, "collections.rename"},
                              [&] { return port_->rename_collection(from, to, deadline); });
    }
    Done drop_collection(const std::string& name, Deadline deadline) override {
        return calls_.measure({System::target, "collections.drop"},
                              [&] { return port_->drop_collection(name, deadline); });
    }
    Result<std::int64_t> count_documents(const std::string& name, Deadline deadline) override {
        return calls_.measure({System::target, "collections.count_documents"},
                              [&] { return port_->count_documents(name, deadline); });
    }

  private:
    std::shared_ptr<app::TargetCollections> port_;
    Calls calls_;
};

class MeasuredTargets final : public app::Targets {
  public:
    MeasuredTargets(std::unique_ptr<app::Targets> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    // Reads the text only: no call to anybody.
    Done check_uri(const Secret& uri) override { return port_->check_uri(uri); }
    Result<std::shared_ptr<app::Target>> open(const app::Database& database) override {
        return opened([&] { return port_->open(database); });
    }
    Result<std::shared_ptr<app::Target>> open_for_run(const app::Database& database,
                                                      const app::StopSignal& signal) override {
        return opened([&] { return port_->open_for_run(database, signal); });
    }
    Result<std::shared_ptr<app::TargetCollections>> open_collections(const app::Database& database) override {
        MIM_TRY(target, calls_.measure({System::target, "connections.open"},
                                       [&] { return port_->open_collections(database); }));
        return std::shared_ptr<app::TargetCollections>(
            std::make_shared<MeasuredTargetCollections>(std::move(target), calls_));
    }
    Result<app::ServerInfo> test(const app::Database& database, Deadline deadline) override {
        return calls_.measure({System::target, "connections.test"},
                              [&] { return port_->test(database, deadline); });
    }
    // These ask nobody.
    bool is_paused(const app::Database& database) override { return port_->is_paused(database); }
    void forget(const DatabaseId& database) override { port_->forget(database); }
    app::TargetFigures figures() override { return port_->figures(); }

  private:
    template <class Open>
    Result<std::shared_ptr<app::Target>> opened(const Open& open) {
        MIM_TRY(target, calls_.measure({System::target, "connections.open"}, open));
        return std::shared_ptr<app::Target>(std::make_shared<MeasuredTarget>(std::move(target), calls_));
    }

    std::unique_ptr<app::Targets> port_;
    Calls calls_;
};

}  // namespace

std::unique_ptr<app::Targets> measured(std::unique_ptr<app::Targets> port, Calls calls) {
    return port ? std::make_unique<MeasuredTargets>(std::move(port), calls) : nullptr;
}

}  // namespace mim::observe
