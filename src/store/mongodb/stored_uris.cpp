#include "store/stored_uris.hpp"

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

class MongoStoredUris final : public StoredUris {
  public:
    explicit MongoStoredUris(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<std::vector<StoredUri>> read(const std::string& after, std::size_t limit) override {
        Question question{.filter = {}, .sort = fields("_id", 1), .fields = fields("uri", 1)};
        question.limit = static_cast<std::int64_t>(limit);
        if (!after.empty())
            question.filter = fields("_id", bson::Builder().add_object_id("$gt", after).take());
        return read_all<StoredUri>(*link_, names::databases, question, read_stored_uri);
    }

    Result<Exchanged> exchange(const StoredUri& from, const Secret& to) override {
        MIM_TRY(changed,
                link_->update(names::databases, fields("_id", from.database, "uri", from.text.reveal()),
                              setting("uri", to.reveal())));
        return changed != 0 ? Exchanged::yes : Exchanged::no;
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
