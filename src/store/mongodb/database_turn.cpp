#include "store/mongodb/database_turn.hpp"

#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/older_versions.hpp"

namespace mim::store::mongodb {

Result<bson::Document> take_turn(Commands& commands, const DatabaseId& database) {
    const auto next = fields("$inc", fields("turn", std::int64_t{1}));
    MIM_TRY(found, commands.find_and_modify(names::databases, fields("_id", database), next, Answer::before));
    if (!found) return Error(ErrorCode::not_found, "Database not found");
    if (!is_carried_over(*found)) MIM_CHECK(carry_over(commands, database, *found));
    return std::move(*found);
}

}  // namespace mim::store::mongodb
