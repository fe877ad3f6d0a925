#include "drivers/sqlite/errors.hpp"

#include <algorithm>
#include <string>

#include <sqlite3.h>

namespace mim::sqlite {
namespace {

// "UNIQUE constraint failed: definitions.database, definitions.name" → one field a column. SQLite has a code
// for the failure, but names the columns in this text alone.
std::vector<FieldError> columns_in(std::string_view message) {
    std::vector<FieldError> columns;
    const auto colon = message.find(": ");
    if (colon == std::string_view::npos) return columns;
    std::string_view rest = message.substr(colon + 2);
    while (!rest.empty()) {
        const auto comma = rest.find(", ");
        columns.push_back({std::string(rest.substr(0, comma)), "is taken"});
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 2);
    }
    return columns;
}

std::string_view remedy(int code) {
    switch (code & 0xFF) {
        case SQLITE_BUSY:
            return ": another process has kept the data file locked for too long";
        case SQLITE_FULL:
            return ": the disk is full";
        case SQLITE_READONLY:
            return ": the data file or its folder cannot be written";
        case SQLITE_CANTOPEN:
            return ": the data file cannot be opened; does its folder exist and may it be written?";
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return ": the data file is damaged or is not one of ours; restore it from a backup";
        default:
            return "";
    }
}

}  // namespace

Error translate(sqlite3* connection, int code, std::string_view attempted) {
    const std::string text = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    const int extended = connection != nullptr ? sqlite3_extended_errcode(connection) : code;
    std::string message = "cannot " + std::string(attempted);
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY) {
        Error error(ErrorCode::already_exists, message + ": " + text);
        error.fields = columns_in(text);
        return error;
    }
    if (extended == SQLITE_CONSTRAINT_FOREIGNKEY) return {ErrorCode::not_found, message + ": " + text};
    message.append(remedy(code)).append(" (SQLite: ").append(text).append(")");
    return {ErrorCode::store_failed, message};
}

bool concerns_column(const Error& error, std::string_view column) {
    return error.code == ErrorCode::already_exists &&
           std::any_of(error.fields.begin(), error.fields.end(),
                       [&](const FieldError& field) { return field.path == column; });
}

}  // namespace mim::sqlite
