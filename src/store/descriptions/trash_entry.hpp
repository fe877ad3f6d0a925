// An entry of the trash, as it is stored. What was deleted stands in tables, or in a field, of its own.
#pragma once

#include "app/model/trash.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_TRASH_COLUMNS "id, kind, deleted_at, deleted_by, name, database, definitions"
#define MIM_TRASH_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7"

namespace mim::store {

template <>
struct KeptAsWord<app::TrashKind> : OwnWords<app::parse_trash_kind> {
    static constexpr std::string_view what = "a kind of trash";
};

template <>
struct Description<app::TrashEntry> {
    using Entry = app::TrashEntry;
    static constexpr std::string_view what = "an entry of the trash";
    [[nodiscard]] static Entry blank() {
        return {.id = id_to_be_read<app::TrashId>(),
                .kind = app::TrashKind::database,
                .deleted_by = id_to_be_read<UserId>(),
                .name = {}};
    }
    static constexpr auto fields = std::tuple{field("id", &Entry::id).as_in_mongodb("_id"),
                                              field("kind", &Entry::kind),
                                              field("deleted_at", &Entry::deleted_at),
                                              field("deleted_by", &Entry::deleted_by),
                                              field("name", &Entry::name),
                                              field("database", &Entry::database),
                                              field("definitions", &Entry::definitions)};
};
static_assert(are_columns<app::TrashEntry>(MIM_TRASH_COLUMNS));
static_assert(are_values<app::TrashEntry>(MIM_TRASH_VALUES));

}  // namespace mim::store
