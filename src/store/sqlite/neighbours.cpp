#include "store/sqlite/neighbours.hpp"

#include <algorithm>
#include <set>

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/databases.hpp"

namespace mim::store {
namespace {

Result<app::Neighbour> read_neighbour(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<DatabaseId>(row, 0));
    auto place = app::parse_place(row.text(1));
    if (!place) return damaged_row("the place of a database");
    return app::Neighbour{std::move(id), std::move(*place),
                          row.integer(2) != 0 ? app::Protection::on : app::Protection::off};
}

}  // namespace

Result<std::optional<app::Place>> place_of_database(sqlite::Connection& connection,
                                                    const DatabaseId& database) {
    MIM_TRY(row, connection.statement(sql::place_of_database, to_column(database)));
    MIM_TRY(found, row.step());
    if (!found) return Error(ErrorCode::not_found, "Database not found");
    const auto text = row.optional_text(0);
    return text ? app::parse_place(*text) : std::nullopt;
}

Result<std::vector<app::Neighbour>> neighbours_of(sqlite::Connection& connection,
                                                  const std::vector<app::Place>& places) {
    std::set<std::string> names;
    for (const auto& place : places) names.insert(place.db_name);
    std::vector<app::Neighbour> found;
    for (const auto& name : names) {
        // All texts that begin with "NAME/": what follows the slash in order is a zero.
        MIM_TRY(rows, connection.statement(sql::neighbours, name + "/", name + "0"));
        MIM_TRY(some, read_all<app::Neighbour>(std::move(rows), read_neighbour));
        for (auto& each : some) {
            const auto shares = [&each](const app::Place& place) { return is_shared(place, each.place); };
            if (std::ranges::any_of(places, shares)) found.push_back(std::move(each));
        }
    }
    return found;
}

}  // namespace mim::store
