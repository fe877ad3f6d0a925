// One run of a prepared statement: bind, step, read, and on destruction give it back to its connection's
// cache. Belongs to the thread that leased the connection, and must not outlive that lease.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sqlite3_stmt;

namespace mim::sqlite {

using Blob = std::span<const std::uint8_t>;

class Statement {
  public:
    // Borrows `raw`, which its connection's cache owns; it must be reset.
    explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Binds the parameters ?1, ?2 … in order; values are copied.
    template <class... Values>
    Done bind(const Values&... values) {
        int position = 0;
        int code = 0;
        ((code = code != 0 ? code : bind_one(++position, values)), ...);
        return bound(code);
    }

    // True: a row can be read. False: the statement has ended.
    Result<bool> step();
    // Steps to the end.
    Done run();

    // Of the current row, columns from 0. Views live until the next step.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] Blob blob(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;

  private:
    int bind_one(int position, std::int64_t value);
    int bind_one(int position, int value) { return bind_one(position, static_cast<std::int64_t>(value)); }
    int bind_one(int position, std::string_view value);
    int bind_one(int position, const std::string& value) {
        return bind_one(position, std::string_view(value));
    }
    int bind_one(int position, const char* value) { return bind_one(position, std::string_view(value)); }
    int bind_one(int position, Blob value);
    int bind_one(int position, std::nullopt_t);
    template <class T>
    int bind_one(int position, const std::optional<T>& value) {
        return value ? bind_one(position, *value) : bind_one(position, std::nullopt);
    }
    Done bound(int code);

    sqlite3_stmt* raw_;
};

}  // namespace mim::sqlite
