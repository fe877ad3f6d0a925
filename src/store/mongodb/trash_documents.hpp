// One entry of the trash with all that would come back with it, to its documents and back, for a copy.
#pragma once

#include "store/archive.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// `document` is the entry's own.
[[nodiscard]] Result<ArchivedTrash> read_whole_trash(Link& link, bson::DocumentView document);
// Also in the place of an entry of the same id, with all that it had. The entry comes last: until it is there
// nobody finds the rest.
Done put_whole_trash(Link& link, const ArchivedTrash& trash);

}  // namespace mim::store::mongodb
