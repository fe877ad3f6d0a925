#include "drivers/sqlite/connection.hpp"

#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/deadline.hpp"
#include "drivers/sqlite/errors.hpp"

namespace mim::sqlite {
namespace {

constexpr std::chrono::milliseconds pause_while_locked{5};

// The file is not mapped: after each change by another connection SQLite would take the mapping down, and for
// that wait for every thread of the process that makes or returns memory (24 ms on average beside great
// comparisons).
constexpr const char* connection_settings =
    "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
    "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;";

// SQLite counts its memory under one lock of the whole process, which a thread of a low priority can hold for
// long. Nobody asks for the count.
void count_no_memory() {
    static std::once_flag once;
    std::call_once(once, [] { static_cast<void>(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)); });
}

// SQLite would create the file with the umask's mode; its -wal and -shm files then take over the mode of this
// one.
Done create_for_owner_only(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    if (errno == EEXIST) return {};
    return Error(ErrorCode::store_failed,
                 "cannot create the data file " + file.string() + ": " + std::strerror(errno));
}

void call_text_function(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* function = static_cast<decltype(TextFunction::call)*>(sqlite3_user_data(context));
    const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
    if (data == nullptr) return sqlite3_result_null(context);
    try {
        const auto answer = (*function)({data, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
        sqlite3_result_text64(context, answer.data(), answer.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);  // no exception may cross SQLite's C frames
    }
}

void forget_text_function(void* function) {
    delete static_cast<decltype(TextFunction::call)*>(function);
}

}  // namespace

void Connection::Closer::operator()(sqlite3* raw) const {
    sqlite3_close_v2(raw);
}
void Connection::Finalizer::operator()(sqlite3_stmt* raw) const {
    sqlite3_finalize(raw);
}

Result<Connection> Connection::open(const OpenOptions& options, Access access) {
    if (access != Access::inspect) MIM_CHECK(create_for_owner_only(options.file));
    const int reach = access == Access::inspect ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int flags = reach | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    count_no_memory();
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(options.file.c_str(), &raw, flags, nullptr);
    Connection connection(raw);  // a failed open has to be closed, too
    const std::string attempted = "open the data file " + options.file.string();
    if (code != SQLITE_OK) return translate(raw, code, attempted);
    if (auto done = connection.configure(options, access); !done) {
        auto error = std::move(done).error();
        error.message = "cannot use the data file " + options.file.string() + ": " + error.message;
        return error;
    }
    return connection;
}

Done Connection::configure(const OpenOptions& options, Access access) {
    sqlite3_busy_timeout(raw_.get(), static_cast<int>(options.patience.count()));
    sqlite3_db_config(raw_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (access == Access::inspect) return {};
    MIM_CHECK(use_write_ahead_log(options.patience));
    MIM_CHECK(run_script(connection_settings));
    for (const auto& function : options.functions) {
        auto owned = std::make_unique<decltype(TextFunction::call)>(function.call);
        // On a failure SQLite itself calls the destructor of the user data.
        const int code = sqlite3_create_function_v2(
            raw_.get(), function.name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
            owned.release(), call_text_function, nullptr, nullptr, forget_text_function);
        if (code != SQLITE_OK) return translate(raw_.get(), code, "add a function");
    }
    if (access == Access::read_only) MIM_CHECK(run_script("PRAGMA query_only=ON"));
    return {};
}

// Two processes that turn a fresh file to WAL at once would wait for each other, so SQLite answers one of
// them "busy" without asking the busy handler.
Done Connection::use_write_ahead_log(std::chrono::milliseconds patience) {
    const auto deadline = Deadline::after(patience);
    for (;;) {
        const int code = sqlite3_exec(raw_.get(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return {};
        if ((code & 0xFF) != SQLITE_BUSY || deadline.passed())
            return translate(raw_.get(), code, "turn on its log");
        std::this_thread::sleep_for(pause_while_locked);
    }
}

Done Connection::run_script(const char* script) {
    const int code = sqlite3_exec(raw_.get(), script, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return translate(raw_.get(), code, "run a script");
    return {};
}

Result<sqlite3_stmt*> Connection::prepared(Sql sql) {
    const auto known = cache_.find(sql.text());
    if (known != cache_.end()) return known->second.get();
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(raw_.get(), sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return translate(raw_.get(), code, "prepare a statement");
    cache_.emplace(sql.text(), Prepared(raw));
    return raw;
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(raw_.get()) == 0;
}
std::int64_t Connection::changes() const {
    return sqlite3_changes64(raw_.get());
}

Result<Transaction> Transaction::begin(Connection& connection, Kind kind) {
    if (kind == Kind::immediate) {
        MIM_CHECK(connection.run("BEGIN IMMEDIATE"));
    } else {
        MIM_CHECK(connection.run("BEGIN"));
    }
    return Transaction(connection);
}

Transaction::~Transaction() {
    if (connection_ == nullptr || !connection_->in_transaction()) return;
    // Should even this fail, the connection's next BEGIN reports it.
    const auto ignored = connection_->run("ROLLBACK");
    static_cast<void>(ignored);
}

Done Transaction::commit() {
    MIM_CHECK(connection_->run("COMMIT"));
    connection_ = nullptr;
    return {};
}

}  // namespace mim::sqlite
