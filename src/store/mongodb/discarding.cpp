#include "store/mongodb/discarding.hpp"

#include "store/descriptions/database.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

constexpr std::int64_t copied_at_once = 500;

bson::Document as_trash(bson::DocumentView document, const app::TrashId& entry) {
    bson::Builder into;
    into.add_all(document);
    put(into, "trash", entry);
    return into.take();
}

// In the order of their ids, so that who goes on knows where.
Done copy_all(Link& link, const char* from, const char* to, const bson::Document& which,
              const app::TrashId& entry, const std::function<Done()>& keep) {
    std::optional<DefinitionId> last;
    for (;;) {
        bson::Builder filter;
        filter.add_all(which.view());
        if (last) put(filter, "_id", fields("$gt", *last));
        MIM_TRY(
            found,
            link.find(from, {.filter = filter.take(), .sort = fields("_id", 1), .limit = copied_at_once}));
        if (found.empty()) return {};
        last = Reader(found.back()).id<DefinitionId>("_id");
        for (auto& each : found) each = as_trash(each.view(), entry);
        MIM_CHECK(keep());
        MIM_CHECK(link.put(to, found));
    }
}

// What was copied before, should this be the second attempt, counts too.
Result<std::int64_t> definitions_in(Link& link, const app::Discard& discard) {
    return link.count(names::trash_definitions, fields("trash", discard.as));
}

app::TrashEntry entry_of(const app::Discard& discard, app::TrashKind kind, const std::string& name) {
    return {.id = discard.as,
            .kind = kind,
            .deleted_at = discard.at,
            .deleted_by = discard.by,
            .name = name,
            .database = std::nullopt,
            .definitions = 0};
}

Done note_entry(Commands& commands, const app::TrashEntry& entry,
                const std::optional<bson::Document>& content) {
    bson::Builder document;
    document.add_all(to_document(entry).view());
    put(document, "content", content);
    return commands.put(names::trash, {document.take()});
}

}  // namespace

bson::Document to_document(const app::Discard& discard) {
    return fields("as", discard.as, "at", discard.at, "by", discard.by);
}

Result<app::Discard> read_discard(bson::DocumentView document) {
    Reader reader(document);
    app::Discard discard(reader.time("at"), reader.id<UserId>("by"));
    discard.as = reader.id<app::TrashId>("as");
    MIM_CHECK(reader.whole("a deletion"));
    return discard;
}

Done put_database_into_trash(Link& link, const DatabaseId& id, const app::Discard& discard,
                             const std::function<Done()>& keep) {
    MIM_TRY(found, link.find_one(names::databases, fields("_id", id)));
    if (!found) return {};
    MIM_TRY(database, read_document<app::Database>(*found));
    const auto of_it = fields("database", id);
    MIM_CHECK(copy_all(link, names::definitions, names::trash_definitions, of_it, discard.as, keep));
    MIM_CHECK(copy_all(link, names::made_collections, names::trash_collections, of_it, discard.as, keep));
    auto entry = entry_of(discard, app::TrashKind::database, database.name);
    entry.database = id;
    MIM_TRY(definitions, definitions_in(link, discard));
    entry.definitions = definitions;
    return note_entry(link, entry, to_document(database));
}

Done put_collection_into_trash(Link& link, const DatabaseId& database, const std::string& collection,
                               const app::Discard& discard, const std::function<Done()>& keep) {
    const auto its_definitions = fields("database", database, "collection", collection);
    MIM_TRY(any, link.find_one(names::definitions, its_definitions, fields("_id", 1)));
    if (!any) return {};
    MIM_CHECK(
        copy_all(link, names::definitions, names::trash_definitions, its_definitions, discard.as, keep));
    MIM_CHECK(copy_all(link, names::made_collections, names::trash_collections,
                       fields("database", database, "name", collection), discard.as, keep));
    auto entry = entry_of(discard, app::TrashKind::definitions, collection);
    entry.database = database;
    MIM_TRY(definitions, definitions_in(link, discard));
    entry.definitions = definitions;
    return note_entry(link, entry, std::nullopt);
}

Done put_user_into_trash(Commands& commands, const app::User& user, const app::Discard& discard) {
    return note_entry(commands, entry_of(discard, app::TrashKind::account, user.username), to_document(user));
}

}  // namespace mim::store::mongodb
