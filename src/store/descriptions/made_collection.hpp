// A collection that was made through us, as it is stored.
#pragma once

#include "app/model/made_collection.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_MADE_COLLECTION_COLUMNS "id, database, created_at, name"
#define MIM_MADE_COLLECTION_VALUES "?1, ?2, ?3, ?4"
#define MIM_MADE_COLLECTION_NEXT "?5"

namespace mim::store {

template <>
struct Description<app::MadeCollection> {
    using Made = app::MadeCollection;
    static constexpr std::string_view what = "a collection that was made";
    [[nodiscard]] static Made blank() {
        return {.id = id_to_be_read<app::MadeCollectionId>(), .database = id_to_be_read<DatabaseId>()};
    }
    static constexpr auto fields =
        std::tuple{field("id", &Made::id).as_in_mongodb("_id"), field("database", &Made::database),
                   field("created_at", &Made::created_at), field("name", &Made::name).folded_beside()};
};
static_assert(are_columns<app::MadeCollection>(MIM_MADE_COLLECTION_COLUMNS));
static_assert(are_values<app::MadeCollection>(MIM_MADE_COLLECTION_VALUES));
static_assert(are_next<app::MadeCollection>(MIM_MADE_COLLECTION_NEXT, 1));

}  // namespace mim::store
