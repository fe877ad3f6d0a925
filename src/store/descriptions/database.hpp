// A target database, as it is stored.
#pragma once

#include "app/model/database.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_DATABASE_COLUMNS                                                                       \
    "id, created_at, protected, seen_server, place, updated_at, name, description, uri, db_name, " \
    "show_duplicates"
#define MIM_DATABASE_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
#define MIM_DATABASE_CHANGE                                                     \
    "(place, updated_at, name, description, uri, db_name, show_duplicates) = (" \
    "?5, ?6, ?7, ?8, ?9, ?10, ?11)"
#define MIM_DATABASE_NEXT "?12"

namespace mim::store {

template <>
struct KeptAsFlag<app::Protection> : Flag<app::Protection::on, app::Protection::off> {};
template <>
struct KeptAsFlag<app::DuplicateSamples> : Flag<app::DuplicateSamples::shown, app::DuplicateSamples::hidden> {
};

template <>
struct Description<app::Database> {
    using Database = app::Database;
    static constexpr std::string_view what = "a database";
    [[nodiscard]] static Database blank() {
        return {.id = id_to_be_read<DatabaseId>(), .name = {}, .description = {}, .uri = {}, .db_name = {}};
    }
    static constexpr auto fields = std::tuple{
        field("id", &Database::id).as_in_mongodb("_id").written_once(),
        field("created_at", &Database::created_at).written_once(),
        field("protected", &Database::protection).written_once(),
        field("seen_server", &Database::seen_server).written_once(),
        field("place", &Database::place),
        field("updated_at", &Database::updated_at),
        field("name", &Database::name).folded_beside(),
        field("description", &Database::description).folded_beside(),
        field("uri", &Database::uri),
        field("db_name", &Database::db_name),
        field("show_duplicates", &Database::duplicate_samples).inverted_in_mongodb("hides_duplicates")};
};
static_assert(are_columns<app::Database>(MIM_DATABASE_COLUMNS));
static_assert(are_values<app::Database>(MIM_DATABASE_VALUES));
static_assert(is_change<app::Database>(MIM_DATABASE_CHANGE));
static_assert(are_next<app::Database>(MIM_DATABASE_NEXT, 1));

}  // namespace mim::store
