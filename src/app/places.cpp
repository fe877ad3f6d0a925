#include "app/places.hpp"

namespace mim::app {
namespace {

constexpr const char* own_store_text = "leads to the store of this service, which is no target";

void add_what_is_shared(Database& database, const std::vector<Neighbour>& neighbours) {
    for (const Neighbour& each : neighbours) {
        if (each.id == database.id || !is_shared(each.place, *database.place)) continue;
        database.same_place_as.push_back(each.id);
        const bool lends = each.protection == Protection::on && database.protection == Protection::off;
        if (!lends) continue;
        database.protection = Protection::on;
        database.protected_by = each.id;
    }
}

// What it has not met before is noted with the entry, for all that ask for its protection from then on.
class PlaceWitness final : public TargetWitness {
  public:
    explicit PlaceWitness(DatabaseStore& databases) : databases_(databases) {}

    void answered(const DatabaseId& id, const std::vector<std::string>& servers) override {
        const auto database = databases_.get(id);
        if (!database || !database->place) return;
        const Place met = with_servers(*database->place, servers);
        // Should the store not take it, the next call that connects tells it again.
        if (met.hosts != database->place->hosts)
            static_cast<void>(databases_.set_place(id, met, database->place));
    }

  private:
    DatabaseStore& databases_;
};

class PlaceKeeper final : public DatabaseStore {
  public:
    PlaceKeeper(std::unique_ptr<DatabaseStore> inner, std::optional<Place> own_store)
        : inner_(std::move(inner)), own_store_(std::move(own_store)) {}

    Done create(const Database& database) override {
        Database placed = with_place(database);
        MIM_CHECK(check_no_store(placed));
        return inner_->create(placed);
    }

    Result<Database> get(const DatabaseId& id) override {
        MIM_TRY(database, inner_->get(id));
        std::vector<Database> one{std::move(database)};
        MIM_CHECK(tell_what_is_shared(one));
        return std::move(one.front());
    }

    Result<Page<Database>> list(const PageRequest& request) override {
        MIM_TRY(page, inner_->list(request));
        MIM_CHECK(tell_what_is_shared(page.items));
        return page;
    }

    Done update(const Database& database, Timestamp as_of, Destination destination) override {
        Database placed = with_place(database);
        // Who answered there still does.
        if (destination == Destination::same && placed.place && database.place)
            placed.place = with_servers(*placed.place, servers_of(*database.place));
        MIM_CHECK(check_no_store(placed));
        return inner_->update(placed, as_of, destination);
    }

    Result<std::vector<Neighbour>> neighbours(const std::vector<Place>& places) override {
        return inner_->neighbours(places);
    }
    Done set_place(const DatabaseId& id, const Place& place, const std::optional<Place>& seen) override {
        return inner_->set_place(id, place, seen);
    }
    Done set_seen_server(const DatabaseId& id, const SeenServer& seen,
                         const std::optional<SeenServer>& before) override {
        return inner_->set_seen_server(id, seen, before);
    }
    Done set_protection(const DatabaseId& id, Protection protection, Timestamp now) override {
        return inner_->set_protection(id, protection, now);
    }
    Done remove(const DatabaseId& id) override { return inner_->remove(id); }
    Result<Removal> discard(const DatabaseId& id, const Discard& discard) override {
        return inner_->discard(id, discard);
    }

  private:
    static Database with_place(Database database) {
        database.place = place_of(database.uri, database.db_name);
        database.same_place_as.clear();  // told, not kept
        database.protected_by.reset();
        return database;
    }

    [[nodiscard]] bool is_store(const Database& database) const {
        return own_store_ && database.place && is_shared(*own_store_, *database.place);
    }
    [[nodiscard]] Done check_no_store(const Database& database) const {
        if (is_store(database)) return invalid_field("uri", own_store_text);
        return {};
    }

    Done tell_what_is_shared(std::vector<Database>& databases) {
        std::vector<Place> places;
        for (Database& database : databases) {
            if (is_store(database)) {
                database.uri = Secret();
                database.uri_error = Error{ErrorCode::target_not_allowed,
                                           "its connection string " + std::string(own_store_text)};
            }
            if (database.place) places.push_back(*database.place);
        }
        if (places.empty()) return {};
        MIM_TRY(found, inner_->neighbours(places));
        for (Database& database : databases) {
            if (database.place) add_what_is_shared(database, found);
        }
        return {};
    }

    std::unique_ptr<DatabaseStore> inner_;
    const std::optional<Place> own_store_;
};

}  // namespace

std::unique_ptr<DatabaseStore> create_place_keeper(std::unique_ptr<DatabaseStore> inner,
                                                   std::optional<Place> own_store) {
    return std::make_unique<PlaceKeeper>(std::move(inner), std::move(own_store));
}

std::unique_ptr<TargetWitness> create_place_witness(DatabaseStore& databases) {
    return std::make_unique<PlaceWitness>(databases);
}

Done check_idle_place(SyncStore& syncs, const Database& database) {
    MIM_TRY(own, syncs.active_of(database.id));
    if (own) return sync_is_active(own);
    for (const DatabaseId& other : database.same_place_as) {
        MIM_TRY(active, syncs.active_of(other));
        if (active) return sync_is_active(active);
    }
    return {};
}

Done note_places(DatabaseStore& databases) {
    for (PageRequest walk{.query = {}, .page = 1, .limit = max_page_limit};; ++walk.page) {
        MIM_TRY(page, databases.list(walk));
        for (const Database& database : page.items) {
            if (database.place || database.uri_error) continue;
            if (const auto place = place_of(database.uri, database.db_name))
                MIM_CHECK(databases.set_place(database.id, *place, std::nullopt));
        }
        if (page.items.size() < static_cast<std::size_t>(walk.limit)) return {};
    }
}

}  // namespace mim::app
