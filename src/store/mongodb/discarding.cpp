#include "store/mongodb/discarding.hpp"

#include "store/descriptions/database.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

Result<std::int64_t> definitions_of(Commands& commands, const DatabaseId& database) {
    const auto sum = fields("_id", true, "total", fields("$sum", "$total"));
    const auto pipeline =
        documents(fields("$match", fields("database", database)), fields("$group", sum)).items;
    MIM_TRY(sums, commands.aggregate(names::definition_counts, pipeline));
    if (sums.empty()) return 0;
    Reader reader(sums.front());
    const auto total = reader.integer("total");
    MIM_CHECK(reader.whole("the counts of a database"));
    return total;
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

Result<app::Discard> read_discard(bson::DocumentView document) {
    Reader reader(document);
    app::Discard discard(reader.time("at"), reader.id<UserId>("by"));
    discard.as = reader.id<app::TrashId>("as");
    MIM_CHECK(reader.whole("a deletion"));
    return discard;
}

Done put_into_trash(Commands& commands, const char* to, const std::vector<bson::Document>& documents,
                    const app::TrashId& entry) {
    std::vector<bson::Document> copies;
    copies.reserve(documents.size());
    for (const auto& each : documents) {
        bson::Builder copy;
        copy.add_all(each.view());
        put(copy, "trash", entry);
        copies.push_back(copy.take());
    }
    return commands.insert(to, copies);
}

Done put_database_into_trash(Commands& commands, bson::DocumentView document, const app::Discard& discard) {
    MIM_TRY(database, read_document<app::Database>(document));
    auto entry = entry_of(discard, app::TrashKind::database, database.name);
    entry.database = database.id;
    MIM_TRY(definitions, definitions_of(commands, database.id));
    entry.definitions = definitions;
    return note_entry(commands, entry, to_document(database));
}

Done put_collection_into_trash(Commands& commands, const DatabaseId& database, const std::string& collection,
                               const app::Discard& discard) {
    const auto its_definitions = fields("database", database, "collection", collection);
    MIM_TRY(definitions, commands.find(names::definitions, {.filter = its_definitions}));
    if (definitions.empty()) return {};
    const auto its_note = fields("database", database, "name", collection);
    MIM_TRY(notes, commands.find(names::made_collections, {.filter = its_note}));
    MIM_CHECK(put_into_trash(commands, names::trash_definitions, definitions, discard.as));
    MIM_CHECK(put_into_trash(commands, names::trash_collections, notes, discard.as));
    auto entry = entry_of(discard, app::TrashKind::definitions, collection);
    entry.database = database;
    entry.definitions = static_cast<std::int64_t>(definitions.size());
    return note_entry(commands, entry, std::nullopt);
}

Done put_user_into_trash(Commands& commands, const app::User& user, const app::Discard& discard) {
    return note_entry(commands, entry_of(discard, app::TrashKind::account, user.username), to_document(user));
}

}  // namespace mim::store::mongodb
