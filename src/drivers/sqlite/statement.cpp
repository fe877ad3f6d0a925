#include "drivers/sqlite/statement.hpp"

#include <utility>

#include <sqlite3.h>

#include "drivers/sqlite/errors.hpp"

namespace mim::sqlite {

Statement::Statement(Statement&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}

Statement::~Statement() {
    if (raw_ == nullptr) return;
    sqlite3_reset(raw_);  // repeats the error of the last step, which has been reported
    sqlite3_clear_bindings(raw_);
}

Done Statement::bound(int code) {
    if (code != SQLITE_OK) return translate(sqlite3_db_handle(raw_), code, "pass values to a statement");
    return {};
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(raw_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return translate(sqlite3_db_handle(raw_), code,
                     sqlite3_stmt_readonly(raw_) != 0 ? "read the data file" : "write the data file");
}

Done Statement::run() {
    for (;;) {
        MIM_TRY(row, step());
        if (!row) return {};
    }
}

int Statement::bind_one(int position, std::int64_t value) {
    return sqlite3_bind_int64(raw_, position, value);
}

int Statement::bind_one(int position, std::string_view value) {
    const char* data = value.data() != nullptr ? value.data() : "";  // a null pointer would bind NULL
    return sqlite3_bind_text64(raw_, position, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int Statement::bind_one(int position, Blob value) {
    if (value.empty()) return sqlite3_bind_zeroblob(raw_, position, 0);
    return sqlite3_bind_blob64(raw_, position, value.data(), value.size(), SQLITE_TRANSIENT);
}

int Statement::bind_one(int position, std::nullopt_t) {
    return sqlite3_bind_null(raw_, position);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(raw_, column);
}

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(raw_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
}

Blob Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(raw_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Statement::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return std::string(text(column));
}

}  // namespace mim::sqlite
