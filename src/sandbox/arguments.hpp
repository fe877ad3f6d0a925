// Reads a command's fields and refuses them in MongoDB's words when they are of the wrong type (14), missing
// (40414) or unknown (40415).
#pragma once

#include <initializer_list>

#include "sandbox/catalog/catalog.hpp"
#include "sandbox/refusal.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox {

class Arguments {
  public:
    explicit Arguments(const Request& request) : request_(&request) {}

    // Refuses every field but these, the command itself and those that every command takes.
    [[nodiscard]] Accepted only(std::initializer_list<std::string_view> fields) const;
    // Refuses these, which later versions know.
    [[nodiscard]] Accepted none_of(std::initializer_list<std::string_view> fields) const;
    // The command's own value as a collection of the command's database: 73 when it cannot name one.
    [[nodiscard]] Answer<catalog::Name> collection() const;

    // None when absent or null.
    [[nodiscard]] Answer<std::optional<bson::DocumentView>> document(std::string_view field) const;
    [[nodiscard]] Answer<std::optional<bson::DocumentView>> array(std::string_view field) const;
    [[nodiscard]] Answer<std::optional<std::string>> text(std::string_view field) const;
    [[nodiscard]] Answer<std::optional<std::int64_t>> number(std::string_view field) const;
    [[nodiscard]] Answer<std::optional<std::int64_t>> integer(std::string_view field) const;  // not negative
    [[nodiscard]] Answer<bool> flag(std::string_view field) const;  // false when absent
    // cursor.batchSize, or `otherwise`.
    [[nodiscard]] Answer<std::int64_t> cursor_batch(std::int64_t otherwise) const;
    [[nodiscard]] Refusal missing(std::string_view field) const;

  private:
    [[nodiscard]] std::optional<bson::ValueView> find(std::string_view field) const;
    [[nodiscard]] Refusal unknown(std::string_view field) const;
    [[nodiscard]] Refusal wrong_type(const bson::ValueView& value, std::string_view expected) const;
    const Request* request_;
};

// True for the fields that every command takes ($db, lsid, writeConcern, comment …).
[[nodiscard]] bool is_generic_field(std::string_view name);

}  // namespace mim::sandbox
