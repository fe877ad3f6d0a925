#include "app/ports/definition_store.hpp"

#include "store/descriptions/definition.hpp"
#include "store/mongodb/definition_change.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

class MongoDefinitionStore final : public app::DefinitionStore {
  public:
    explicit MongoDefinitionStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::Definition& definition) override {
        return change({.removals = {}, .updates = {}, .creations = {definition}});
    }
    Done update(const app::Definition& definition) override {
        return change({.removals = {}, .updates = {definition}, .creations = {}});
    }
    Done change(const app::DefinitionChanges& changes) override {
        return change_definitions(*link_, changes);
    }

    Result<app::Definition> get(const DefinitionId& id) override {
        MIM_TRY(found, link_->find_one(names::definitions, fields("_id", id)));
        if (!found) return Error(ErrorCode::not_found, "Index definition not found");
        return read_document<app::Definition>(*found);
    }

    Result<app::Page<app::Definition>> list(const DatabaseId& database, const std::string& collection,
                                            const app::PageRequest& page) override {
        Question question{.filter = fields("database", database, "collection", collection),
                          .sort = fields("created_at", -1, "_id", -1)};
        if (!page.query.empty()) {
            const auto wanted = has_inside(page.query);
            question.filter =
                fields("database", database, "collection", collection, "$or",
                       documents(fields("name_folded", wanted), fields("signature_folded", wanted)));
        }
        return read_page<app::Definition>(*link_, names::definitions, page, std::move(question),
                                          read_document<app::Definition>);
    }

    Result<std::vector<app::Definition>> all_of(
        const DatabaseId& database, const std::optional<std::vector<std::string>>& collections) override {
        Question question{.filter = fields("database", database), .sort = fields("collection", 1, "name", 1)};
        if (collections) {
            question.filter =
                fields("database", database, "collection", fields("$in", array_of(*collections)));
        }
        return read_all<app::Definition>(*link_, names::definitions, question,
                                         read_document<app::Definition>);
    }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::DefinitionStore> create_mongodb_definition_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoDefinitionStore>(std::move(link));
}

}  // namespace mim::store
