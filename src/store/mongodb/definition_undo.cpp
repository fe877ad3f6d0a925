#include "store/mongodb/definition_undo.hpp"

#include <algorithm>

#include "base/fold.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

constexpr std::size_t most_ids_of_a_removal = 10'000;

using NoteId = Id<struct NoteTag>;

Result<DefinitionId> id_of(bson::DocumentView definition) {
    Reader reader(definition);
    auto id = reader.id<DefinitionId>("_id");
    MIM_CHECK(reader.whole("a definition"));
    return id;
}

Done put_back(Link& link, const std::vector<bson::Document>& notes) {
    std::vector<DefinitionId> gone;
    std::vector<bson::Document> before;
    for (const auto& note : notes) {
        Reader reader(note);
        if (const auto created = reader.optional_id<DefinitionId>("created")) gone.push_back(*created);
        if (const auto document = reader.part("before")) {
            MIM_TRY(id, id_of(*document));
            gone.push_back(std::move(id));  // as it is now; two of them may have taken each other's name
            before.emplace_back(*document);
        }
        MIM_CHECK(reader.whole("a note of a change"));
    }
    MIM_CHECK(remove_definitions(link, gone));
    return link.insert(names::definitions, before);
}

Done rename_back(Link& link, const DatabaseId& database, const std::vector<bson::Document>& notes) {
    for (const auto& note : notes) {
        const auto renamed = Reader(note).part("renamed");
        if (!renamed) continue;
        Reader names_of(*renamed);
        const auto from = names_of.text("from"), to = names_of.text("to"), folded = names_of.text("folded");
        MIM_CHECK(names_of.whole("a note of a renaming"));
        MIM_CHECK(link.update(names::definitions, fields("database", database, "collection", to),
                              setting("collection", from, "collection_folded", folded), Several::all));
    }
    return {};
}

}  // namespace

Done note_undo(Link& link, const DatabaseId& database, const UndoNotes& notes) {
    MIM_CHECK(forget_undo(link, database));  // left by a change that was committed
    std::vector<bson::Document> all;
    all.reserve(notes.before.size() + notes.created.size());
    for (const auto& document : notes.before)
        all.push_back(fields("_id", NoteId::generate(), "database", database, "before", document));
    for (const auto& id : notes.created)
        all.push_back(fields("_id", NoteId::generate(), "database", database, "created", id));
    return link.insert(names::definitions_undo, all);
}

Done note_undo_of_rename(Link& link, const DatabaseId& database, const std::string& from,
                         const std::string& to) {
    MIM_CHECK(forget_undo(link, database));
    const auto renamed = fields("from", from, "folded", fold(from), "to", to);
    return link.insert(names::definitions_undo,
                       {fields("_id", NoteId::generate(), "database", database, "renamed", renamed)});
}

Done undo(Link& link, const DatabaseId& database) {
    MIM_TRY(notes, link.find(names::definitions_undo, {.filter = fields("database", database)}));
    if (notes.empty()) return {};
    MIM_CHECK(rename_back(link, database, notes));
    MIM_CHECK(put_back(link, notes));
    return forget_undo(link, database);
}

Done forget_undo(Link& link, const DatabaseId& database) {
    MIM_CHECK(link.remove(names::definitions_undo, fields("database", database), Several::all));
    return {};
}

Done remove_definitions(Link& link, const std::vector<DefinitionId>& ids) {
    for (std::size_t from = 0; from < ids.size(); from += most_ids_of_a_removal) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last =
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + most_ids_of_a_removal));
        const auto some = array_of(std::vector<DefinitionId>(first, last));
        MIM_CHECK(link.remove(names::definitions, fields("_id", fields("$in", some)), Several::all));
    }
    return {};
}

}  // namespace mim::store::mongodb
