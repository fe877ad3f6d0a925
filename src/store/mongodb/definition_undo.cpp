#include "store/mongodb/definition_undo.hpp"

#include <algorithm>

#include "base/fold.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

constexpr std::size_t most_ids_of_a_removal = 10'000;
constexpr std::string_view stamp = "change";

using NoteId = Id<struct NoteTag>;

Result<DefinitionId> id_of(bson::DocumentView definition) {
    Reader reader(definition);
    auto id = reader.id<DefinitionId>("_id");
    MIM_CHECK(reader.whole("a definition"));
    return id;
}

bson::Document note(const ChangeOf& change, std::string_view what, const auto& value) {
    return fields("_id", NoteId::generate(), "database", change.database, "number", change.number, what,
                  value);
}

Done put_back(Link& link, const ChangeOf& change, const std::vector<bson::Document>& notes,
              const std::function<Done()>& keep) {
    std::vector<DefinitionId> gone;
    std::vector<bson::Document> before;
    for (const auto& each : notes) {
        Reader reader(each);
        if (const auto created = reader.optional_id<DefinitionId>("created")) gone.push_back(*created);
        if (const auto document = reader.part("before")) {
            MIM_TRY(id, id_of(*document));
            gone.push_back(std::move(id));  // as it is now; two of them may have taken each other's name
            before.push_back(stamped(change, *document));
        }
        MIM_CHECK(reader.whole("a note of a change"));
    }
    MIM_CHECK(keep());
    MIM_CHECK(remove_definitions(link, change, gone));
    MIM_CHECK(keep());
    return link.insert(names::definitions, before);
}

// What still has its old name is stamped too: the renaming may be on its way.
Done rename_back(Link& link, const ChangeOf& change, bson::DocumentView renamed) {
    Reader names_of(renamed);
    const auto from = names_of.text("from"), to = names_of.text("to");
    MIM_CHECK(names_of.whole("a note of a renaming"));
    const auto either = fields("collection", fields("$in", array_of(std::vector{from, to})));
    MIM_CHECK(
        link.update(names::definitions, touchable(change, either), renaming(change, from), Several::all));
    return {};
}

}  // namespace

bson::Document touchable(const ChangeOf& change, const bson::Document& also) {
    bson::Builder filter;
    put_all(filter, "database", change.database, stamp,
            fields("$not", fields("$gt", change.number)));  // fulfilled by what carries no number, too
    filter.add_all(also.view());
    return filter.take();
}

bson::Document stamped(const ChangeOf& change, bson::DocumentView definition) {
    bson::Builder document;
    for (const auto field : definition) {
        if (field.key() != stamp) document.add(field.key(), field);
    }
    put(document, stamp, change.number);
    return document.take();
}

bson::Document renaming(const ChangeOf& change, const std::string& to) {
    return setting("collection", to, "collection_folded", fold(to), stamp, change.number);
}

Done note_undo(Link& link, const ChangeOf& change, const UndoNotes& notes) {
    std::vector<bson::Document> all;
    all.reserve(notes.before.size() + notes.created.size());
    for (const auto& document : notes.before) all.push_back(note(change, "before", document));
    for (const auto& id : notes.created) all.push_back(note(change, "created", id));
    return link.insert(names::definitions_undo, all);
}

Done note_undo_of_rename(Link& link, const ChangeOf& change, const std::string& from, const std::string& to) {
    const auto renamed = fields("from", from, "to", to);
    return link.insert(names::definitions_undo, {note(change, "renamed", renamed)});
}

Done undo(Link& link, const ChangeOf& change, std::int64_t settled, const std::function<Done()>& keep) {
    // Also notes without a number, of a version that numbered nothing.
    const auto open = fields("database", change.database, "number", fields("$not", fields("$lte", settled)));
    MIM_TRY(notes, link.find(names::definitions_undo, {.filter = open}));
    if (notes.empty()) return {};
    for (const auto& each : notes) {
        const auto renamed = Reader(each).part("renamed");
        if (!renamed) continue;
        MIM_CHECK(keep());
        MIM_CHECK(rename_back(link, change, *renamed));
    }
    return put_back(link, change, notes, keep);
}

Done forget_undo(Link& link, const ChangeOf& change) {
    const auto ended =
        fields("database", change.database, "number", fields("$not", fields("$gt", change.number)));
    MIM_CHECK(link.remove(names::definitions_undo, ended, Several::all));
    return {};
}

Done remove_written(Link& link, const ChangeOf& change) {
    MIM_CHECK(link.remove(names::definitions, fields("database", change.database, stamp, change.number),
                          Several::all));
    return {};
}

Result<std::int64_t> remove_definitions(Link& link, const ChangeOf& change,
                                        const std::vector<DefinitionId>& ids) {
    std::int64_t removed = 0;
    for (std::size_t from = 0; from < ids.size(); from += most_ids_of_a_removal) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last =
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + most_ids_of_a_removal));
        const auto some = array_of(std::vector<DefinitionId>(first, last));
        MIM_TRY(gone, link.remove(names::definitions, touchable(change, fields("_id", fields("$in", some))),
                                  Several::all));
        removed += gone;
    }
    return removed;
}

}  // namespace mim::store::mongodb
