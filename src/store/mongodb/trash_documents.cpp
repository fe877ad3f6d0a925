#include "store/mongodb/trash_documents.hpp"

#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

template <Described Thing>
Result<std::vector<Thing>> things_in(Link& link, const char* collection, const app::TrashId& entry) {
    return read_all<Thing>(link, collection, {.filter = fields("trash", entry), .sort = fields("_id", 1)},
                           read_document<Thing>);
}

template <Described Thing>
Done put_things(Link& link, const char* collection, const app::TrashId& entry,
                const std::vector<Thing>& things) {
    MIM_CHECK(link.remove(collection, fields("trash", entry), Several::all));
    std::vector<bson::Document> documents;
    documents.reserve(things.size());
    for (const auto& each : things) {
        bson::Builder document;
        document.add_all(to_document(each).view());
        put(document, "trash", entry);
        documents.push_back(document.take());
    }
    if (documents.empty()) return {};
    return link.put(collection, documents);
}

Done read_content(bson::DocumentView content, ArchivedTrash& trash) {
    if (trash.entry.kind == app::TrashKind::account) {
        MIM_TRY(account, read_document<app::User>(content));
        trash.account = std::move(account);
    } else {
        MIM_TRY(database, read_document<app::Database>(content));
        trash.database = std::move(database);
    }
    return {};
}

std::optional<bson::Document> content_of(const ArchivedTrash& trash) {
    if (trash.database) return to_document(*trash.database);
    if (trash.account) return to_document(*trash.account);
    return std::nullopt;
}

}  // namespace

Result<ArchivedTrash> read_whole_trash(Link& link, bson::DocumentView document) {
    MIM_TRY(entry, read_document<app::TrashEntry>(document));
    MIM_TRY(definitions, things_in<app::Definition>(link, names::trash_definitions, entry.id));
    MIM_TRY(notes, things_in<app::MadeCollection>(link, names::trash_collections, entry.id));
    ArchivedTrash trash{.entry = std::move(entry),
                        .definitions = std::move(definitions),
                        .made_collections = std::move(notes)};
    if (const auto content = Reader(document).part("content")) MIM_CHECK(read_content(*content, trash));
    return trash;
}

Done put_whole_trash(Link& link, const ArchivedTrash& trash) {
    MIM_CHECK(put_things(link, names::trash_definitions, trash.entry.id, trash.definitions));
    MIM_CHECK(put_things(link, names::trash_collections, trash.entry.id, trash.made_collections));
    bson::Builder document;
    document.add_all(to_document(trash.entry).view());
    put(document, "content", content_of(trash));
    return link.put(names::trash, {document.take()});
}

}  // namespace mim::store::mongodb
