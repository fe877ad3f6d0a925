#include "store/sqlite/looks.hpp"

#include "drivers/icu/looks.hpp"
#include "store/lookalikes.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/looks.hpp"

namespace mim::store {
namespace {

// The statements for one kind of thing that has names.
struct LookTable {
    sqlite::Sql another_has_it;
    sqlite::Sql names;  // one row, each column a name
    int count_of_names;
    sqlite::Sql forget;
    sqlite::Sql note;
    sqlite::Sql note_version;
    sqlite::Sql of_other_versions;
};

constexpr LookTable of_users{
    sql::another_user_has_look, sql::names_of_user,     2,
    sql::forget_looks_of_user,  sql::note_look_of_user, sql::note_version_of_user_looks,
    sql::users_of_other_looks};
constexpr LookTable of_databases{
    sql::another_database_has_look, sql::names_of_database,     1,
    sql::forget_looks_of_database,  sql::note_look_of_database, sql::note_version_of_database_looks,
    sql::databases_of_other_looks};

Done refuse_lookalike_in(const LookTable& table, sqlite::Connection& connection, const std::string& of,
                         const char* field, std::string_view name) {
    MIM_TRY(looks, icu::looks_of(name));
    for (const auto& look : looks) {
        MIM_TRY(statement, connection.statement(table.another_has_it, of, look));
        MIM_TRY(found, has_row(std::move(statement)));
        if (found) return looks_like_another(field);
    }
    return {};
}

Result<std::vector<std::string>> names_in(const LookTable& table, sqlite::Connection& connection,
                                          const std::string& of) {
    MIM_TRY(row, connection.statement(table.names, of));
    MIM_TRY(there, row.step());
    std::vector<std::string> names;
    for (int column = 0; there && column < table.count_of_names; ++column)
        names.emplace_back(row.text(column));
    return names;
}

Done note_looks_in(const LookTable& table, sqlite::Connection& connection, const std::string& of) {
    MIM_TRY(names, names_in(table, connection, of));
    MIM_CHECK(connection.run(table.forget, of));
    for (const auto& name : names) {
        MIM_TRY(looks, icu::looks_of(name));
        for (const auto& look : looks) MIM_CHECK(connection.run(table.note, of, look));
    }
    MIM_CHECK(connection.run(table.note_version, of, icu::looks_version()));
    return {};
}

Result<std::vector<std::string>> ids_in(const LookTable& table, sqlite::Connection& connection) {
    MIM_TRY(rows, connection.statement(table.of_other_versions, icu::looks_version()));
    return read_all<std::string>(std::move(rows), [](const sqlite::Statement& row) -> Result<std::string> {
        return std::string(row.text(0));
    });
}

Result<bool> some_are_missing(sqlite::Connection& connection) {
    for (const auto* table : {&of_users, &of_databases}) {
        MIM_TRY(statement, connection.statement(table->of_other_versions, icu::looks_version()));
        MIM_TRY(some, has_row(std::move(statement)));
        if (some) return true;
    }
    return false;
}

}  // namespace

Done refuse_lookalike(sqlite::Connection& connection, const UserId& of, const char* field,
                      std::string_view name) {
    return refuse_lookalike_in(of_users, connection, to_column(of), field, name);
}

Done refuse_lookalike(sqlite::Connection& connection, const DatabaseId& of, std::string_view name) {
    return refuse_lookalike_in(of_databases, connection, to_column(of), "name", name);
}

Done note_looks(sqlite::Connection& connection, const UserId& of) {
    return note_looks_in(of_users, connection, to_column(of));
}

Done note_looks(sqlite::Connection& connection, const DatabaseId& of) {
    return note_looks_in(of_databases, connection, to_column(of));
}

Done note_missing_looks(sqlite::Connections& file) {
    {
        // Most starts find nothing to do, and then need not wait for a writer.
        MIM_TRY(reader, file.read());
        MIM_TRY(some, some_are_missing(*reader));
        if (!some) return {};
    }
    MIM_TRY(writer, file.write());
    for (const auto* table : {&of_users, &of_databases}) {
        MIM_TRY(ids, ids_in(*table, *writer));
        for (const auto& id : ids) MIM_CHECK(note_looks_in(*table, *writer, id));
    }
    return writer.commit();
}

}  // namespace mim::store
