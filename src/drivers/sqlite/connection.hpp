// One connection to a data file. One thread at a time; blocking. Opened with WAL, synchronous=FULL, foreign
// keys on, and patience for other processes' locks.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "drivers/sqlite/sql.hpp"
#include "drivers/sqlite/statement.hpp"

struct sqlite3;

namespace mim::sqlite {

// A deterministic function text → text that statements may call by `name`. Must not throw but for bad_alloc.
struct TextFunction {
    const char* name;  // a literal
    std::string (*call)(std::string_view text);
};

struct OpenOptions {
    std::filesystem::path file;
    std::chrono::milliseconds patience{5'000};  // with other processes' locks; then store_failed
    std::vector<TextFunction> functions;
};

// `inspect`: as the file is, of any version, also a copy: makes no file, sets nothing in it, and cannot
// write.
enum class Access { read_only, read_write, inspect };

class Connection {
  public:
    // Creates the file, for its owner only (mode 0600), when it is not there. store_failed: the folder is
    // missing or cannot be written, the file is damaged, or it stays locked.
    [[nodiscard]] static Result<Connection> open(const OpenOptions& options, Access access);

    // The cached statement of `sql` with its parameters bound. A statement must have been destroyed before
    // the same one is asked for again.
    template <class... Values>
    Result<Statement> statement(Sql sql, const Values&... values) {
        MIM_TRY(raw, prepared(sql));
        Statement made(raw);
        MIM_CHECK(made.bind(values...));
        return made;
    }
    // Runs a statement that answers no rows; returns how many rows it changed.
    template <class... Values>
    Result<std::int64_t> run(Sql sql, const Values&... values) {
        MIM_TRY(made, statement(sql, values...));
        MIM_CHECK(made.run());
        return changes();
    }
    // Several statements without parameters, for migrations.
    Done run_script(const char* script);
    // Returns whether a transaction is open: SQLite ends one itself after some errors.
    [[nodiscard]] bool in_transaction() const;

  private:
    friend Done copy_into(Connection& from, const std::filesystem::path& to,
                          const std::function<void(std::int64_t, std::int64_t)>& on_pages);
    friend Done check_whole(Connection& file);
    struct Closer {
        void operator()(sqlite3* raw) const;
    };
    struct Finalizer {
        void operator()(sqlite3_stmt* raw) const;
    };
    using Prepared = std::unique_ptr<sqlite3_stmt, Finalizer>;

    explicit Connection(sqlite3* raw) : raw_(raw) {}
    Done configure(const OpenOptions& options, Access access);
    Done use_write_ahead_log(std::chrono::milliseconds patience);
    Result<sqlite3_stmt*> prepared(Sql sql);
    [[nodiscard]] std::int64_t changes() const;

    std::unique_ptr<sqlite3, Closer> raw_;
    std::unordered_map<const char*, Prepared> cache_;  // by the literal's address; goes before the connection
};

// A transaction: rolled back on destruction unless committed. Borrows the connection.
class Transaction {
  public:
    enum class Kind { snapshot, immediate };  // one consistent view to read; or the write lock, taken at once
    [[nodiscard]] static Result<Transaction> begin(Connection& connection, Kind kind);
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    // Durable when it returns. On an error nothing was written.
    Done commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

}  // namespace mim::sqlite
