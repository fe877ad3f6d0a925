#include "store/stored_uris.hpp"

#include <algorithm>
#include <iterator>

#include "app/model/trash.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Result<StoredUri> read_stored_uri(bson::DocumentView document) {
    Reader reader(document);
    StoredUri uri{reader.id<DatabaseId>("_id"), Secret(reader.text("uri"))};
    MIM_CHECK(reader.whole("a database"));
    return uri;
}

Result<StoredUri> read_trashed_uri(bson::DocumentView entry) {
    Reader reader(entry);
    StoredUri uri{reader.id<DatabaseId>("database"), Secret(reader.inside("content").text("uri"))};
    MIM_CHECK(reader.whole("an entry of the trash"));
    return uri;
}

bson::Document after_id(const char* key, const std::string& after, const bson::Document& also) {
    bson::Builder filter;
    filter.add_all(also.view());
    if (!after.empty()) put(filter, key, bson::Builder().add_object_id("$gt", after).take());
    return filter.take();
}

bson::Document trashed_databases() {
    return fields("kind", app::to_string(app::TrashKind::database));
}

class MongoStoredUris final : public StoredUris {
  public:
    explicit MongoStoredUris(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    // A database is either there or in the trash, or on the way, and then both are the same.
    Result<std::vector<StoredUri>> read(const std::string& after, std::size_t limit) override {
        const auto most = static_cast<std::int64_t>(limit);
        MIM_TRY(uris, read_all<StoredUri>(*link_, names::databases,
                                          {.filter = after_id("_id", after, {}),
                                           .sort = fields("_id", 1),
                                           .fields = fields("uri", 1),
                                           .limit = most},
                                          read_stored_uri));
        MIM_TRY(trashed, read_all<StoredUri>(*link_, names::trash,
                                             {.filter = after_id("database", after, trashed_databases()),
                                              .sort = fields("database", 1),
                                              .fields = fields("database", 1, "content.uri", 1),
                                              .limit = most},
                                             read_trashed_uri));
        std::ranges::move(trashed, std::back_inserter(uris));
        std::ranges::stable_sort(uris, {}, &StoredUri::database);
        if (uris.size() > limit) uris.erase(uris.begin() + static_cast<std::ptrdiff_t>(limit), uris.end());
        return uris;
    }

    Result<Exchanged> exchange(const StoredUri& from, const Secret& to) override {
        MIM_TRY(changed,
                link_->update(names::databases, fields("_id", from.database, "uri", from.text.reveal()),
                              setting("uri", to.reveal())));
        MIM_TRY(in_trash, link_->update(names::trash,
                                        fields("database", from.database, "content.uri", from.text.reveal()),
                                        setting("content.uri", to.reveal()), Several::all));
        return changed + in_trash != 0 ? Exchanged::yes : Exchanged::no;
    }

    // What the server keeps in its own log ages out there.
    Result<Wiped> wipe_replaced() override { return Wiped::later; }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<StoredUris> create_mongodb_stored_uris(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoStoredUris>(std::move(link));
}

}  // namespace mim::store
