// What a change of many definitions must leave behind when it cannot be finished: written before the change,
// forgotten after it. All of it under the lock of the database.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

struct UndoNotes {
    std::vector<bson::Document> before;  // the documents that are changed or removed
    std::vector<DefinitionId> created;
};

Done note_undo(Link& link, const DatabaseId& database, const UndoNotes& notes);
// `to` holds no definitions yet.
Done note_undo_of_rename(Link& link, const DatabaseId& database, const std::string& from,
                         const std::string& to);
// Puts everything back that is noted, and forgets the notes. Can be done again when it was interrupted.
Done undo(Link& link, const DatabaseId& database);
Done forget_undo(Link& link, const DatabaseId& database);

// Removes definitions by their `_id`, however many.
Done remove_definitions(Link& link, const std::vector<DefinitionId>& ids);

}  // namespace mim::store::mongodb
