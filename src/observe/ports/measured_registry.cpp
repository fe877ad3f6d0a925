#include "observe/ports/measured.hpp"

namespace mim::observe {
namespace {

using trace::System;

class MeasuredDatabases final : public app::DatabaseStore {
  public:
    MeasuredDatabases(std::unique_ptr<app::DatabaseStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done create(const app::Database& database) override {
        return calls_.measure({System::store, "databases.create"}, [&] { return port_->create(database); });
    }
    Result<app::Database> get(const DatabaseId& id) override {
        return calls_.measure({System::store, "databases.get"}, [&] { return port_->get(id); });
    }
    Result<app::Page<app::Database>> list(const app::PageRequest& page) override {
        return calls_.measure({System::store, "databases.list"}, [&] { return port_->list(page); });
    }
    Done update(const app::Database& database, Timestamp as_of, app::Destination destination) override {
        return calls_.measure({System::store, "databases.update"},
                              [&] { return port_->update(database, as_of, destination); });
    }
    Result<std::vector<app::Neighbour>> neighbours(const std::vector<app::Place>& places) override {
        return calls_.measure({System::store, "databases.neighbours"},
                              [&] { return port_->neighbours(places); });
    }
    Done set_place(const DatabaseId& id, const app::Place& place,
                   const std::optional<app::Place>& seen) override {
        return calls_.measure({System::store, "databases.set_place"},
                              [&] { return port_->set_place(id, place, seen); });
    }
    Done set_seen_server(const DatabaseId& id, const app::SeenServer& seen,
                         const std::optional<app::SeenServer>& before) override {
        return calls_.measure({System::store, "databases.set_seen_server"},
                              [&] { return port_->set_seen_server(id, seen, before); });
    }
    Done set_protection(const DatabaseId& id, app::Protection protection, Timestamp now) override {
        return calls_.measure({System::store, "databases.set_protection"},
                              [&] { return port_->set_protection(id, protection, now); });
    }
    Done remove(const DatabaseId& id) override {
        return calls_.measure({System::store, "databases.remove"}, [&] { return port_->remove(id); });
    }
    Result<app::Removal> discard(const DatabaseId& id, const app::Discard& discard) override {
        return calls_.measure({System::store, "databases.discard"},
                              [&] { return port_->discard(id, discard); });
    }

  private:
    std::unique_ptr<app::DatabaseStore> port_;
    Calls calls_;
};

class MeasuredDefinitions final : public app::DefinitionStore {
  public:
    MeasuredDefinitions(std::unique_ptr<app::DefinitionStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done create(const app::Definition& definition) override {
        return calls_.measure({System::store, "definitions.create"},
                              [&] { return port_->create(definition); });
    }
    Result<app::Definition> get(const DefinitionId& id) override {
        return calls_.measure({System::store, "definitions.get"}, [&] { return port_->get(id); });
    }
    Done update(const app::Definition& definition) override {
        return calls_.measure({System::store, "definitions.update"},
                              [&] { return port_->update(definition); });
    }
    Result<app::Page<app::Definition>> list(const DatabaseId& database, const std::string& collection,
                                            const app::PageRequest& page) override {
        return calls_.measure({System::store, "definitions.list"},
                              [&] { return port_->list(database, collection, page); });
    }
    Result<std::vector<app::Definition>> all_of(
        const DatabaseId& database, const std::optional<std::vector<std::string>>& collections) override {
        return calls_.measure({System::store, "definitions.all_of"},
                              [&] { return port_->all_of(database, collections); });
    }
    Done change(const app::DefinitionChanges& changes) override {
        return calls_.measure({System::store, "definitions.change"}, [&] { return port_->change(changes); });
    }

  private:
    std::unique_ptr<app::DefinitionStore> port_;
    Calls calls_;
};

class MeasuredCollections final : public app::CollectionStore {
  public:
    MeasuredCollections(std::unique_ptr<app::CollectionStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Result<app::Page<app::CollectionSummary>> collections(const DatabaseId& database,
                                                          const app::PageRequest& page) override {
        return calls_.measure({System::store, "collections.list"},
                              [&] { return port_->collections(database, page); });
    }
    Done note_made(const app::MadeCollection& made) override {
        return calls_.measure({System::store, "collections.note_made"},
                              [&] { return port_->note_made(made); });
    }
    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        return calls_.measure({System::store, "collections.rename"},
                              [&] { return port_->rename_collection(database, from, to); });
    }
    Done remove_collection(const DatabaseId& database, const std::string& collection,
                           const app::Discard& discard) override {
        return calls_.measure({System::store, "collections.remove"},
                              [&] { return port_->remove_collection(database, collection, discard); });
    }

  private:
    std::unique_ptr<app::CollectionStore> port_;
    Calls calls_;
};

}  // namespace

std::unique_ptr<app::DatabaseStore> measured(std::unique_ptr<app::DatabaseStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredDatabases>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::DefinitionStore> measured(std::unique_ptr<app::DefinitionStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredDefinitions>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::CollectionStore> measured(std::unique_ptr<app::CollectionStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredCollections>(std::move(port), calls) : nullptr;
}

}  // namespace mim::observe
