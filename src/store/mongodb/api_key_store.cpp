#include "app/ports/api_key_store.hpp"

#include "store/descriptions/api_key.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

class MongoApiKeyStore final : public app::ApiKeyStore {
  public:
    explicit MongoApiKeyStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::ApiKey& key) override {
        auto done = link_->insert(names::api_keys, {to_document(key)});
        // The server's text may quote the document.
        if (!done && done.error().code == ErrorCode::already_exists)
            return Error(ErrorCode::already_exists, "The prefix is taken");
        return done;
    }

    Result<app::ApiKey> get(const ApiKeyId& id) override { return one_key(fields("_id", id)); }

    Result<app::ApiKey> find_by_prefix(std::string_view prefix) override {
        return one_key(fields("prefix", prefix));
    }

    Result<app::Page<app::ApiKey>> list(const std::optional<UserId>& owner,
                                        const app::PageRequest& page) override {
        return read_page<app::ApiKey>(
            *link_, names::api_keys, page,
            {.filter = fields("owner", owner), .sort = fields("created_at", -1, "_id", -1)},
            read_document<app::ApiKey>);
    }

    Result<app::Removal> remove(const ApiKeyId& id) override {
        MIM_TRY(removed, link_->remove(names::api_keys, fields("_id", id), Several::one));
        return removed > 0 ? app::Removal::done : app::Removal::nothing_there;
    }

    Done note_use(const ApiKeyId& id, Timestamp now) override {
        const auto not_later = documents(fields("last_used_at", fields("$exists", false)),
                                         fields("last_used_at", fields("$lt", now)));
        MIM_CHECK(link_->update(names::api_keys, fields("_id", id, "$or", not_later),
                                setting("last_used_at", now)));
        return {};
    }

  private:
    Result<app::ApiKey> one_key(const bson::Document& filter) {
        MIM_TRY(found, link_->find_one(names::api_keys, filter));
        if (!found) return Error(ErrorCode::not_found, "API key not found");
        return read_document<app::ApiKey>(*found);
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::ApiKeyStore> create_mongodb_api_key_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoApiKeyStore>(std::move(link));
}

}  // namespace mim::store
