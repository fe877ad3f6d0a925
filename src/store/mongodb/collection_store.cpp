#include <map>

#include "app/ports/definition_store.hpp"
#include "base/fold.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/mongodb/database_turn.hpp"
#include "store/mongodb/definition_counts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

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
        auto noted = fields("database", database);
        if (!request.query.empty())
            noted = fields("database", database, "name_folded", has_inside(request.query));
        MIM_TRY(counts, counts_of(*link_, database, request.query));
        MIM_TRY(made, read_all<app::MadeCollection>(*link_, names::made_collections, {.filter = noted},
                                                    read_document<app::MadeCollection>));
        std::map<std::string, std::int64_t> totals;
        for (const auto& each : made) totals.emplace(each.name, 0);
        for (const auto& each : counts) totals[each.collection] = each.total_indexes;
        return cut(totals, request);
    }

    Done note_made(const app::MadeCollection& made) override {
        auto noted = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_CHECK(take_turn(commands, made.database));
            return commands.insert(names::made_collections, {to_document(made)});
        });
        if (!noted && noted.error().code == ErrorCode::already_exists) return {};
        return noted;
    }

    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        if (from == to) return {};
        return unless_gone(link_->in_transaction([&](Commands& commands) -> Done {
            MIM_CHECK(take_turn(commands, database));
            MIM_TRY(taken, has_definitions(commands, database, to));
            if (taken) return new_name_taken();
            MIM_CHECK(commands.update(names::definitions, fields("database", database, "collection", from),
                                      setting("collection", to, "collection_folded", fold(to)),
                                      Several::all));
            MIM_CHECK(rename_count(commands, database, from, to));
            return rename_note(commands, database, from, to);
        }));
    }

    Done remove_collection(const DatabaseId& database, const std::string& collection,
                           const app::Discard& discard) override {
        return unless_gone(link_->in_transaction([&](Commands& commands) -> Done {
            MIM_CHECK(take_turn(commands, database));
            MIM_CHECK(put_collection_into_trash(commands, database, collection, discard));
            const auto it = fields("database", database, "collection", collection);
            MIM_CHECK(commands.remove(names::definitions, it, Several::all));
            MIM_CHECK(commands.remove(names::definition_counts, it, Several::one));
            MIM_CHECK(commands.remove(names::made_collections,
                                      fields("database", database, "name", collection), Several::one));
            return {};
        }));
    }

  private:
    static Done unless_gone(Done done) {
        return !done && done.error().code == ErrorCode::not_found ? Done() : done;
    }

    static Done rename_note(Commands& commands, const DatabaseId& database, const std::string& from,
                            const std::string& to) {
        const auto of_from = fields("database", database, "name", from);
        MIM_TRY(noted, commands.find_one(names::made_collections, of_from, fields("_id", 1)));
        if (!noted) return {};
        MIM_CHECK(
            commands.remove(names::made_collections, fields("database", database, "name", to), Several::one));
        MIM_CHECK(
            commands.update(names::made_collections, of_from, setting("name", to, "name_folded", fold(to))));
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
