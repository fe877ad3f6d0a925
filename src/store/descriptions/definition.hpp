// An index definition, as it is stored.
#pragma once

#include "app/model/definition.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_DEFINITION_COLUMNS \
    "id, database, created_at, updated_at, collection, name, key, options, signature"
#define MIM_DEFINITION_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9"
#define MIM_DEFINITION_CHANGE                                                  \
    "(database, updated_at, collection, name, key, options, signature) = (?2," \
    " ?4, ?5, ?6, ?7, ?8, ?9)"
#define MIM_DEFINITION_NEXT "?10"

namespace mim::store {

template <>
struct Description<app::Definition> {
    using Definition = app::Definition;
    static constexpr std::string_view what = "a definition";
    [[nodiscard]] static Definition blank() {
        return {.id = id_to_be_read<DefinitionId>(), .database = id_to_be_read<DatabaseId>()};
    }
    static constexpr auto fields =
        std::tuple{field("id", &Definition::id).as_in_mongodb("_id").written_once(),
                   field("database", &Definition::database),
                   field("created_at", &Definition::created_at).written_once(),
                   field("updated_at", &Definition::updated_at),
                   field("collection", &Definition::collection).folded_beside(),
                   field("name", &Definition::spec, &index::Spec::name).folded_beside(),
                   field("key", &Definition::spec, &index::Spec::key),
                   field("options", &Definition::spec, &index::Spec::options),
                   field("signature", &Definition::signature).folded_beside()};
};
static_assert(are_columns<app::Definition>(MIM_DEFINITION_COLUMNS));
static_assert(are_values<app::Definition>(MIM_DEFINITION_VALUES));
static_assert(is_change<app::Definition>(MIM_DEFINITION_CHANGE));
static_assert(are_next<app::Definition>(MIM_DEFINITION_NEXT, 1));

}  // namespace mim::store
