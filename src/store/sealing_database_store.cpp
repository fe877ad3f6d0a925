#include "store/sealing_database_store.hpp"

#include "store/uri_sealing.hpp"

namespace mim::store {
namespace {

using drivers::crypto::SecretBox;

class SealingDatabaseStore final : public app::DatabaseStore {
  public:
    SealingDatabaseStore(std::unique_ptr<app::DatabaseStore> inner, SecretBox box)
        : inner_(std::move(inner)), box_(std::move(box)) {}

    Done create(const app::Database& database) override { return inner_->create(sealed(database)); }

    Result<app::Database> get(const DatabaseId& id) override {
        MIM_TRY(database, inner_->get(id));
        return opened(std::move(database));
    }

    Result<app::Page<app::Database>> list(const app::PageRequest& request) override {
        MIM_TRY(page, inner_->list(request));
        for (auto& database : page.items) database = opened(std::move(database));
        return page;
    }

    Done update(const app::Database& database, Timestamp as_of, app::Destination destination) override {
        if (database.uri_error) return *database.uri_error;
        return inner_->update(sealed(database), as_of, destination);
    }

    Result<std::vector<app::Neighbour>> neighbours(const std::vector<app::Place>& places) override {
        return inner_->neighbours(places);
    }

    Done set_place(const DatabaseId& id, const app::Place& place,
                   const std::optional<app::Place>& seen) override {
        return inner_->set_place(id, place, seen);
    }

    Done set_seen_server(const DatabaseId& id, const app::SeenServer& seen,
                         const std::optional<app::SeenServer>& before) override {
        return inner_->set_seen_server(id, seen, before);
    }

    Done set_protection(const DatabaseId& id, app::Protection protection, Timestamp now) override {
        return inner_->set_protection(id, protection, now);
    }

    Done remove(const DatabaseId& id) override { return inner_->remove(id); }
    // Its connection string stays sealed there.
    Result<app::Removal> discard(const DatabaseId& id, const app::Discard& discard) override {
        return inner_->discard(id, discard);
    }

  private:
    [[nodiscard]] app::Database sealed(app::Database database) const {
        database.uri = Secret(box_.seal(database.uri, place_of_uri(database.id)));
        return database;
    }

    [[nodiscard]] app::Database opened(app::Database database) const {
        if (!SecretBox::is_sealed(database.uri.reveal())) return database;
        auto plain = box_.open(database.uri.reveal(), place_of_uri(database.id));
        if (plain) {
            database.uri = std::move(*plain);
            return database;
        }
        database.uri = Secret();
        database.uri_error = std::move(plain).error();
        database.uri_error->message =
            "the connection string of '" + database.name + "' cannot be read: " + database.uri_error->message;
        return database;
    }

    std::unique_ptr<app::DatabaseStore> inner_;
    const SecretBox box_;
};

}  // namespace

std::unique_ptr<app::DatabaseStore> create_sealing_database_store(std::unique_ptr<app::DatabaseStore> inner,
                                                                  SecretBox box) {
    return std::make_unique<SealingDatabaseStore>(std::move(inner), std::move(box));
}

}  // namespace mim::store
