#include "app/ports/definition_store.hpp"
#include "store/mongodb/database_lock.hpp"
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

Error new_name_taken() {
    Error error(ErrorCode::already_exists, "The collection of the new name has index definitions");
    error.fields = {{"new_collection", "has index definitions"}};
    return error;
}

class MongoCollectionStore final : public app::CollectionStore {
  public:
    explicit MongoCollectionStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<app::Page<app::CollectionSummary>> collections(const DatabaseId& database,
                                                          const app::PageRequest& request) override {
        auto filter = fields("database", database);
        if (!request.query.empty())
            filter = fields("database", database, "collection_folded", has_inside(request.query));
        const auto match = fields("$match", filter);
        const auto group = fields("$group", fields("_id", "$collection", "total", fields("$sum", 1)));
        const std::int64_t skip = (static_cast<std::int64_t>(request.page) - 1) * request.limit;
        MIM_TRY(groups, link_->aggregate(names::definitions,
                                         documents(match, group, fields("$sort", fields("_id", 1)),
                                                   fields("$skip", skip), fields("$limit", request.limit))
                                             .items));
        MIM_TRY(counted, link_->aggregate(names::definitions,
                                          documents(match, group, fields("$count", "total")).items));
        app::Page<app::CollectionSummary> page;
        page.page = request.page;
        page.limit = request.limit;
        for (const auto& each : groups) {
            MIM_TRY(summary, read_summary(each));
            page.items.push_back(std::move(summary));
        }
        if (!counted.empty()) page.total = Reader(counted.front()).integer("total");
        return page;
    }

    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        if (from == to) return {};
        auto lock = DatabaseLock::acquire(link_, database);
        if (!lock && lock.error().code == ErrorCode::not_found) return {};
        if (!lock) return std::move(lock).error();
        MIM_TRY(taken, link_->find_one(names::definitions, fields("database", database, "collection", to)));
        if (taken) return new_name_taken();
        return lock->end_change(rename(*lock, from, to));
    }

    // Each definition by itself: whoever is interrupted does it again.
    Done remove_collection(const DatabaseId& database, const std::string& collection) override {
        auto lock = DatabaseLock::acquire(link_, database);
        if (!lock && lock.error().code == ErrorCode::not_found) return {};
        if (!lock) return std::move(lock).error();
        MIM_CHECK(link_->remove(names::definitions,
                                touchable(lock->change(), fields("collection", collection)), Several::all));
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

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::CollectionStore> create_mongodb_collection_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoCollectionStore>(std::move(link));
}

}  // namespace mim::store
