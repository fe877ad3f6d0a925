// What names look like (drivers/icu/looks.hpp), in the documents that have the names: `looks` are those of
// all its names, by which another one's new name is refused; `held_looks` are those of them that nobody else
// held when it took its names. These are unique, so that of two who take names at once one is refused. Names
// of before may look alike: then one holds the look, and each has it. `looks_version` tells which ICU saw
// them.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

using Looks = std::vector<std::string>;

// Of all the names of one thing together.
[[nodiscard]] Result<Looks> looks_of(std::initializer_list<std::string_view> names);

// Whether anything of that collection but `of` has one of them.
template <class IdType>
[[nodiscard]] Result<bool> another_has(Commands& commands, const char* collection, const IdType& of,
                                       const Looks& looks) {
    const auto others = fields("looks", fields("$in", array_of(looks)), "_id", fields("$ne", of));
    MIM_TRY(another, commands.find_one(collection, others, fields("_id", 1)));
    return another.has_value();
}

// `document`, or what `$set` takes of it, with the fields of one that has these looks and holds all of them.
[[nodiscard]] bson::Document with_looks(const bson::Document& document, const Looks& looks);

// The same for one that keeps a name, whose looks it holds as it did in the document `before`, and takes
// another with these looks.
[[nodiscard]] Result<bson::Document> with_looks_beside(const bson::Document& document,
                                                       const bson::Document& before,
                                                       std::string_view kept_name, const Looks& looks);

// Of all accounts and databases that have none, as what was copied here, or have those of another version of
// ICU. At every start; harmless when several do it at once.
Done note_missing_looks(Link& link);

}  // namespace mim::store::mongodb
