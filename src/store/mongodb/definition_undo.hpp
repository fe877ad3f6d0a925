// What a change of many definitions must leave behind when it cannot be finished: written before the change,
// forgotten after it. All of it under the lock of the database.
//
// Each change of a database has a number, greater than that of every earlier one. What it writes carries the
// number, and it touches nothing that carries a greater one: a holder of the lock that was stopped for so
// long that others went on without it does no harm, wherever it was stopped.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

struct ChangeOf {
    DatabaseId database;
    std::int64_t number = 0;
};

// Of the database's definitions, those that the change may touch; `also` are further conditions.
[[nodiscard]] bson::Document touchable(const ChangeOf& change, const bson::Document& also);
// The document as the change writes it.
[[nodiscard]] bson::Document stamped(const ChangeOf& change, bson::DocumentView definition);

// What renaming the collection of a definition changes in it.
[[nodiscard]] bson::Document renaming(const ChangeOf& change, const std::string& to);

struct UndoNotes {
    std::vector<bson::Document> before;  // the documents that are changed or removed
    std::vector<DefinitionId> created;
};

Done note_undo(Link& link, const ChangeOf& change, const UndoNotes& notes);
// `to` holds no definitions yet.
Done note_undo_of_rename(Link& link, const ChangeOf& change, const std::string& from, const std::string& to);

// Puts back what is noted by changes after the one numbered `settled`, as a part of this change. Can be done
// again when it was interrupted. `keep` is asked before each write, and ends it by an error.
Done undo(Link& link, const ChangeOf& change, std::int64_t settled, const std::function<Done()>& keep);
// The notes of this change and earlier ones.
Done forget_undo(Link& link, const ChangeOf& change);

// Removes every definition as this change wrote it.
Done remove_written(Link& link, const ChangeOf& change);
// Removes definitions by their `_id`, however many; returns how many there were.
Result<std::int64_t> remove_definitions(Link& link, const ChangeOf& change,
                                        const std::vector<DefinitionId>& ids);

}  // namespace mim::store::mongodb
