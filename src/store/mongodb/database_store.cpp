#include "app/ports/database_store.hpp"

#include "store/descriptions/database.hpp"
#include "store/mongodb/database_names.hpp"
#include "store/mongodb/database_turn.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/neighbours.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/sync_submission.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error database_unknown() {
    return {ErrorCode::not_found, "Database not found"};
}

// The fields of a part one by one, in whatever order they stand: as a whole it would be equal only in ours.
bson::Builder where_inside(const DatabaseId& id, const std::string& part, const bson::Document& wanted) {
    bson::Builder condition;
    put(condition, "_id", id);
    for (const auto& field : wanted) condition.add(part + "." + std::string(field.key()), field);
    return condition;
}

bson::Document where_place_is(const DatabaseId& id, const app::Place& place) {
    return where_inside(id, "place", place_document(place)).take();
}

bson::Document where_server_is(const DatabaseId& id, const app::SeenServer& seen) {
    const std::string part = "seen_server";
    const auto wanted = seen_server_document(seen);
    auto condition = where_inside(id, part, wanted);
    for (const char* name : {"feature_version", "rules_before"}) {
        if (!wanted.contains(name)) condition.add_null(part + "." + name);
    }
    return condition.take();
}

class MongoDatabaseStore final : public app::DatabaseStore {
  public:
    explicit MongoDatabaseStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::Database& database) override {
        auto inserted = insert_database(*link_, database);
        if (!inserted && inserted.error().code == ErrorCode::already_exists)
            return refuse_name(*link_, database);
        return inserted;
    }

    Result<app::Database> get(const DatabaseId& id) override {
        MIM_TRY(found, link_->find_one(names::databases, fields("_id", id)));
        if (!found) return database_unknown();
        return read_document<app::Database>(*found);
    }

    Result<app::Page<app::Database>> list(const app::PageRequest& page) override {
        Question question{.filter = {}, .sort = fields("created_at", -1, "_id", -1)};
        if (const auto id = DatabaseId::parse(page.query)) {
            question.filter = fields("_id", *id);
        } else if (!page.query.empty()) {
            const auto wanted = has_inside(page.query);
            question.filter =
                fields("$or", documents(fields("name_folded", wanted), fields("description_folded", wanted)));
        }
        return read_page<app::Database>(*link_, names::databases, page, std::move(question),
                                        read_document<app::Database>);
    }

    Done update(const app::Database& database, Timestamp as_of, app::Destination destination) override {
        auto done = destination == app::Destination::same
                        ? write(*link_, database, as_of, destination)
                        : link_->in_transaction([&](Commands& commands) -> Done {
                              MIM_CHECK(take_turn(commands, database.id));
                              MIM_CHECK(check_idle(commands, {database.id}));
                              return write(commands, database, as_of, destination);
                          });
        if (!done && done.error().code == ErrorCode::already_exists) return refuse_name(*link_, database);
        return done;
    }

    Result<std::vector<app::Neighbour>> neighbours(const std::vector<app::Place>& places) override {
        return neighbours_of(*link_, places);
    }

    Done set_place(const DatabaseId& id, const app::Place& place,
                   const std::optional<app::Place>& seen) override {
        const auto still =
            seen ? where_place_is(id, *seen) : fields("_id", id, "place.hosts", fields("$exists", false));
        MIM_CHECK(link_->update(names::databases, still, setting("place", place_document(place))));
        return {};
    }

    Done set_seen_server(const DatabaseId& id, const app::SeenServer& seen,
                         const std::optional<app::SeenServer>& before) override {
        const auto still = before ? where_server_is(id, *before)
                                  : fields("_id", id, "seen_server", fields("$exists", false));
        MIM_CHECK(link_->update(names::databases, still, setting("seen_server", seen_server_document(seen))));
        return {};
    }

    Done set_protection(const DatabaseId& id, app::Protection protection, Timestamp now) override {
        const bool on = protection == app::Protection::on;
        MIM_TRY(changed, link_->update(names::databases, fields("_id", id),
                                       setting("protected", on, "updated_at", now)));
        if (changed == 0) return database_unknown();
        return {};
    }

    Done remove(const DatabaseId& id) override {
        MIM_CHECK(leave(id, std::nullopt));
        return {};
    }

    Result<app::Removal> discard(const DatabaseId& id, const app::Discard& discard) override {
        return leave(id, discard);
    }

  private:
    Result<app::Removal> leave(const DatabaseId& id, const std::optional<app::Discard>& discard) {
        auto left = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(database, take_turn(commands, id));
            MIM_CHECK(check_idle(commands, {id}));
            return let_leave(commands, database, discard);
        });
        if (!left && left.error().code == ErrorCode::not_found) return app::Removal::nothing_there;
        if (!left) return std::move(left).error();
        (void)sweep(*link_, parts_of_a_request);  // it is gone; whoever comes next goes on
        return app::Removal::done;
    }

    static Done write(Commands& commands, const app::Database& database, Timestamp as_of,
                      app::Destination destination) {
        const auto where = fields("_id", database.id);
        MIM_TRY(change, change_of(commands, database));
        const auto update = destination == app::Destination::same
                                ? fields("$set", change)
                                : fields("$set", change, "$unset", fields("seen_server", true));
        const auto unchanged = fields("_id", database.id, "updated_at", as_of);
        MIM_TRY(changed, commands.update(names::databases, unchanged, update));
        if (changed > 0) return {};
        MIM_TRY(there, commands.find_one(names::databases, where, fields("_id", 1)));
        return there ? app::database_changed_meanwhile() : database_unknown();
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::DatabaseStore> create_mongodb_database_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoDatabaseStore>(std::move(link));
}

}  // namespace mim::store
