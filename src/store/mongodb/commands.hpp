// The commands that the stores run on their database, whether each stands for itself (link.hpp) or all are
// parts of one transaction (transactions.hpp). Blocking. Errors of every call: not_ready when the server
// cannot be reached or does not answer in time, else store_failed; neither shows a connection string.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "bson/document.hpp"

namespace mim::store::mongodb {

struct Question {
    bson::Document filter;
    bson::Document sort = {};    // {} = any order
    bson::Document fields = {};  // {} = all
    std::int64_t skip = 0;
    std::int64_t limit = 0;  // 0 = all
};

// Of the document that matches, or of one that is inserted with what the filter says.
struct Upsert {
    bson::Document filter;
    bson::Document change;
};

enum class Several { one, all };
enum class Answer { before, after };

class Commands {
  public:
    virtual ~Commands() = default;

    [[nodiscard]] Result<std::vector<bson::Document>> find(const char* collection, const Question& question);
    [[nodiscard]] Result<std::optional<bson::Document>> find_one(const char* collection,
                                                                 const bson::Document& filter,
                                                                 const bson::Document& fields = {});
    // `pipeline` is an array.
    [[nodiscard]] Result<std::vector<bson::Document>> aggregate(const char* collection,
                                                                const bson::Document& pipeline);

    // All of the next: already_exists when a unique index forbids it.
    // In order, in as many commands as their size needs; of single commands, what stands before a refused one
    // is inserted.
    Done insert(const char* collection, const std::vector<bson::Document>& documents);
    // Each new, or in the place of the one with its `_id`.
    Done put(const char* collection, const std::vector<bson::Document>& documents);
    // In order, as many at once as a command takes.
    Done upsert(const char* collection, const std::vector<Upsert>& changes);
    // How many matched. Single updates of `all` are not one: they may end half-way.
    Result<std::int64_t> update(const char* collection, const bson::Document& filter,
                                const bson::Document& change, Several several = Several::one);
    Result<std::int64_t> remove(const char* collection, const bson::Document& filter, Several several);
    // Changes one that matches; none when nothing does.
    Result<std::optional<bson::Document>> find_and_modify(const char* collection,
                                                          const bson::Document& filter,
                                                          const bson::Document& change, Answer answer);

  protected:
    Commands() = default;
    Commands(const Commands&) = default;
    Commands& operator=(const Commands&) = default;
    // The reply of a write that has no write errors.
    virtual Result<bson::Document> write(const bson::Document& command) = 0;
    // All documents of the command's cursor.
    virtual Result<std::vector<bson::Document>> drain(const bson::Document& command) = 0;
};

// One document that was not written.
struct WriteError {
    int code = 0;
    std::string message;
};

// The first of a reply, if any.
[[nodiscard]] std::optional<WriteError> write_error_of(const bson::Document& reply);
[[nodiscard]] Error refused_write(const WriteError& error);
// not_ready.
[[nodiscard]] Error outcome_unknown();
// already_exists.
[[nodiscard]] Error refused_duplicate(std::string_view text);

// The "n" of a reply.
[[nodiscard]] std::int64_t number_of(const bson::Document& reply);

}  // namespace mim::store::mongodb
