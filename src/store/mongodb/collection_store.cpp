#include <map>

#include "app/ports/definition_store.hpp"
#include "base/fold.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/mongodb/database_lock.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Result<app::CollectionSummary> read_summary(bson::DocumentView group) {
    Reader reader(group);
    app::CollectionSummary summary{.collection = reader.text("_id"),
                                   .total_indexes = reader.integer("total")};
    MIM_CHECK(reader.whole("a collection's count"));
    return summary;
}

// One page of all that were found, by name.
app::Page<app::CollectionSummary> cut(const std::map<std::string, std::int64_t>& totals,
                                      const app::PageRequest& request) {
    app::Page<app::CollectionSummary> page;
    page.page = request.page;
    page.limit = request.limit;
    page.total = static_cast<std::int64_t>(totals.size());
    const std::int64_t first = (static_cast<std::int64_t>(request.page) - 1) * request.limit;
    std::int64_t position = 0;
    for (const auto& [name, total] : totals) {
        const std::int64_t at = position++;
        if (at >= first && at < first + request.limit) page.items.push_back({name, total});
    }
    return page;
}

Error new_name_taken() {
    Error error(ErrorCode::already_exists, "The collection of the new name has index definitions");
    error.fields = {{"new_collection", "has index definitions"}};
    return error;
}

class MongoCollectionStore final : public app::CollectionStore {
  public:
    explicit MongoCollectionStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    // All names are read: those of definitions and those that are noted become one list before it is cut.
    Result<app::Page<app::CollectionSummary>> collections(const DatabaseId& database,
                                                          const app::PageRequest& request) override {
        auto defined = fields("database", database), noted = fields("database", database);
        if (!request.query.empty()) {
            const auto wanted = has_inside(request.query);
            defined = fields("database", database, "collection_folded", wanted);
            noted = fields("database", database, "name_folded", wanted);
        }
        const auto group = fields("$group", fields("_id", "$collection", "total", fields("$sum", 1)));
        MIM_TRY(groups,
                link_->aggregate(names::definitions, documents(fields("$match", defined), group).items));
        MIM_TRY(made, read_all<app::MadeCollection>(*link_, names::made_collections, {.filter = noted},
                                                    read_document<app::MadeCollection>));
        std::map<std::string, std::int64_t> totals;
        for (const auto& each : made) totals.emplace(each.name, 0);
        for (const auto& each : groups) {
            MIM_TRY(summary, read_summary(each));
            totals[summary.collection] = summary.total_indexes;
        }
        return cut(totals, request);
    }

    Done note_made(const app::MadeCollection& made) override {
        MIM_TRY(lock, DatabaseLock::acquire(link_, made.database));
        const auto noted = link_->insert(names::made_collections, {to_document(made)});
        if (!noted && noted.error().code == ErrorCode::already_exists) return {};
        return noted;
    }

    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        if (from == to) return {};
        auto lock = DatabaseLock::acquire(link_, database);
        if (!lock && lock.error().code == ErrorCode::not_found) return {};
        if (!lock) return std::move(lock).error();
        MIM_TRY(taken, link_->find_one(names::definitions, fields("database", database, "collection", to)));
        if (taken) return new_name_taken();
        MIM_CHECK(lock->end_change(rename(*lock, from, to)));
        return rename_note(database, from, to);
    }

    // Each definition by itself: whoever is interrupted does it again.
    Done remove_collection(const DatabaseId& database, const std::string& collection,
                           const app::Discard& discard) override {
        auto lock = DatabaseLock::acquire(link_, database);
        if (!lock && lock.error().code == ErrorCode::not_found) return {};
        if (!lock) return std::move(lock).error();
        MIM_CHECK(put_collection_into_trash(*link_, database, collection, discard,
                                            [&lock] { return lock->keep(); }));
        MIM_CHECK(link_->remove(names::definitions,
                                touchable(lock->change(), fields("collection", collection)), Several::all));
        MIM_CHECK(link_->remove(names::made_collections, fields("database", database, "name", collection),
                                Several::one));
        return {};
    }

  private:
    Done rename(DatabaseLock& lock, const std::string& from, const std::string& to) {
        MIM_CHECK(lock.keep());
        MIM_CHECK(note_undo_of_rename(*link_, lock.change(), from, to));
        MIM_CHECK(lock.keep());
        MIM_CHECK(link_->update(names::definitions, touchable(lock.change(), fields("collection", from)),
                                renaming(lock.change(), to), Several::all));
        return {};
    }

    // Whoever is interrupted here leaves the note of a collection that has no definitions.
    Done rename_note(const DatabaseId& database, const std::string& from, const std::string& to) {
        const auto of_from = fields("database", database, "name", from);
        MIM_TRY(noted, link_->find_one(names::made_collections, of_from, fields("_id", 1)));
        if (!noted) return {};
        MIM_CHECK(
            link_->remove(names::made_collections, fields("database", database, "name", to), Several::one));
        MIM_CHECK(
            link_->update(names::made_collections, of_from, setting("name", to, "name_folded", fold(to))));
        return {};
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::CollectionStore> create_mongodb_collection_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoCollectionStore>(std::move(link));
}

}  // namespace mim::store
