#include "drivers/sqlite/backup.hpp"

#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/deadline.hpp"
#include "drivers/sqlite/errors.hpp"

namespace mim::sqlite {
namespace {

constexpr int pages_of_a_step = 512;
constexpr int pause_of_a_step_ms = 5;
constexpr std::chrono::milliseconds patience_with_locks{10'000};

struct CloseDatabase {
    void operator()(sqlite3* raw) const { sqlite3_close_v2(raw); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinishBackup {
    void operator()(sqlite3_backup* raw) const { sqlite3_backup_finish(raw); }
};
using Backup = std::unique_ptr<sqlite3_backup, FinishBackup>;

// A snapshot begins with the first look into the file.
Done look_at(Connection& file) {
    MIM_TRY(schema, file.statement("SELECT COUNT(*) FROM sqlite_schema"));
    return schema.run();
}

Done run_pages(sqlite3* to, sqlite3_backup* backup, const OnPages& on_pages) {
    const auto deadline = [] { return Deadline::after(patience_with_locks); };
    auto until = deadline();
    for (;;) {
        const int code = sqlite3_backup_step(backup, pages_of_a_step);
        const std::int64_t all = sqlite3_backup_pagecount(backup);
        on_pages(all - sqlite3_backup_remaining(backup), all);
        if (code == SQLITE_DONE) return {};
        const bool locked = code == SQLITE_BUSY || code == SQLITE_LOCKED;
        if (code != SQLITE_OK && (!locked || until.passed()))
            return translate(to, code, "copy the data file");
        if (locked) sqlite3_sleep(pause_of_a_step_ms);
        if (code == SQLITE_OK) until = deadline();
    }
}

Done write_through(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool written = descriptor >= 0 && ::fsync(descriptor) == 0;
    const std::string reason = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (written) return {};
    return Error(ErrorCode::store_failed, "cannot write " + file.string() + ": " + reason);
}

Result<Database> open_for_copy(const std::filesystem::path& file) {
    sqlite3* raw = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    Database database(raw);  // a failed open has to be closed, too
    if (code != SQLITE_OK) return translate(raw, code, "make the file " + file.string());
    return database;
}

// Whoever has the file open with a log holds a shared lock on it, so the lock of one who wants it alone is
// refused; that one is taken at the first look into the file.
Use try_alone(const std::filesystem::path& file, const char* script) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    const Database database(raw);
    if (opened != SQLITE_OK) return Use::damaged;
    constexpr const char* look = "PRAGMA locking_mode=EXCLUSIVE; SELECT COUNT(*) FROM sqlite_schema";
    int code = sqlite3_exec(raw, look, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) code = sqlite3_exec(raw, script, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return Use::nobody;
    return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED ? Use::somebody : Use::damaged;
}

struct FreeText {
    void operator()(char* text) const { sqlite3_free(text); }
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// What the check reports of a column that may not be NULL. SQLite 3.40 reports one in every row of a table
// WITHOUT ROWID whose key columns do not come first, so the column itself is asked. By the type of its
// values, as a comparison with NULL is left out for a column that may not be NULL.
constexpr std::string_view null_report = "NULL value in ";
bool is_founded(sqlite3* file, std::string_view report) {
    const std::size_t dot = report.rfind('.');
    if (!report.starts_with(null_report) || dot == std::string_view::npos) return true;
    const std::string table(report.substr(null_report.size(), dot - null_report.size()));
    const std::string column(report.substr(dot + 1));
    const std::unique_ptr<char, FreeText> query(sqlite3_mprintf(
        R"(SELECT 1 FROM "%w" WHERE typeof("%w") = 'null' LIMIT 1)", table.c_str(), column.c_str()));
    sqlite3_stmt* raw = nullptr;
    const int prepared = sqlite3_prepare_v2(file, query.get(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, FinishStatement> statement(raw);
    return prepared != SQLITE_OK || sqlite3_step(raw) != SQLITE_DONE;
}

Done check_links(Connection& file) {
    MIM_TRY(strays, file.statement("PRAGMA foreign_key_check"));
    MIM_TRY(stray, strays.step());
    if (!stray) return {};
    return Error(ErrorCode::store_failed,
                 "the file is damaged: a row of " + std::string(strays.text(0)) + " belongs to nothing");
}

}  // namespace

Done copy_into(Connection& from, const std::filesystem::path& to, const OnPages& on_pages) {
    MIM_TRY(target, open_for_copy(to));
    {
        // While it is open the others' commits stay out of the copy; without it each would start it over.
        MIM_TRY(snapshot, Transaction::begin(from, Transaction::Kind::snapshot));
        MIM_CHECK(look_at(from));
        const Backup backup(sqlite3_backup_init(target.get(), "main", from.raw_.get(), "main"));
        if (!backup) return translate(target.get(), sqlite3_errcode(target.get()), "begin the copy");
        MIM_CHECK(run_pages(target.get(), backup.get(), on_pages));
    }
    const int code = sqlite3_exec(target.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return translate(target.get(), code, "end the copy");
    target.reset();
    return write_through(to);
}

Done check_whole(Connection& file) {
    MIM_TRY(check, file.statement("PRAGMA integrity_check(2147483647)"));
    MIM_TRY(row, check.step());
    if (!row) return Error(ErrorCode::store_failed, "the file is damaged: no answer");
    std::set<std::string, std::less<>> unfounded;
    while (row && check.text(0) != "ok") {
        const std::string_view report = check.text(0);
        if (!unfounded.contains(report)) {
            if (is_founded(file.raw_.get(), report))
                return Error(ErrorCode::store_failed, "the file is damaged: " + std::string(report));
            unfounded.emplace(report);
        }
        MIM_TRY(next, check.step());
        row = next;
    }
    return check_links(file);
}

Use use_of(const std::filesystem::path& file) {
    return try_alone(file, "BEGIN EXCLUSIVE; ROLLBACK");
}

Use take_out_of_use(const std::filesystem::path& file) {
    return try_alone(file, "PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE; COMMIT");
}

}  // namespace mim::sqlite
