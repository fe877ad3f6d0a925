// The removal of what may be much: a database with its definitions, and what belongs to an entry of the
// trash. One transaction takes away what everything else hangs on and notes, in a collection of its own, what
// leaves; from then on nobody finds it. The rest is removed in parts, by whoever comes by and can be stopped
// anywhere: the one who removed it, the next start, the house keeping.
#pragma once

#include <cstddef>
#include <optional>

#include "app/model/trash.hpp"
#include "base/id.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// In a transaction that has the database's turn, `database` being its document: into the trash, or for ever.
Done let_leave(Commands& commands, bson::DocumentView database, const std::optional<app::Discard>& discard);
// In a transaction that removes the entry of the trash: what belongs to it.
Done let_parts_leave(Commands& commands, const app::TrashId& entry);
// In a transaction that purges the entry: what is still on its way to it goes for ever.
Done go_no_further(Commands& commands, const DatabaseId& database, const app::TrashId& entry);

// A database that is being restored (restoring.hpp) has a note, too, which for a time is nobody else's; after
// that all goes back into the trash, as when it is given up.
[[nodiscard]] bson::Document note_of_return(const DatabaseId& database, const app::TrashId& entry);
// False: it is not ours any more.
[[nodiscard]] Result<bool> renew_return(Commands& commands, bson::DocumentView note);
[[nodiscard]] Result<bool> end_return(Commands& commands, bson::DocumentView note);
Done give_up_return(Commands& commands, bson::DocumentView note);

// A condition on `_id`.
[[nodiscard]] bson::Document among(const std::vector<bson::Document>& found);

[[nodiscard]] Result<bool> is_leaving(Commands& commands, const DatabaseId& database);

inline constexpr std::size_t parts_of_a_request = 20;
inline constexpr std::size_t all_parts = static_cast<std::size_t>(-1);

// Removes at most so many parts, of at most 500 documents each, of all that leaves.
Done sweep(Link& link, std::size_t most_parts);

}  // namespace mim::store::mongodb
