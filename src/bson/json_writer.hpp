// Writes Extended JSON v2 as its specification has it, with our own spacing: `{ "a" : 1 }`. libbson's writer
// is not used, for its spacing and digits differ from version to version, and signatures, scripts and answers
// hold what is written here. Internal to this room.
#pragma once

#include <string>

#include "bson/document.hpp"
#include "bson/json.hpp"

namespace mim::bson {

class ExtendedJsonWriter {
  public:
    ExtendedJsonWriter(std::string& out, JsonForm form) : out_(out), form_(form) {}

    void whole(DocumentView document);  // the outermost: `{ }` when it is empty, nested ones are `{  }`
    void value(const ValueView& value);

  private:
    // Of a nested document or array; what lies deeper than any document that was checked is left out.
    void nested(const ValueView& value);
    void members(DocumentView document);
    void items(DocumentView array);
    void code_with_scope(const bson_iter_t& position);

    void number(const ValueView& value);
    void date(std::int64_t milliseconds);
    void binary(const bson_iter_t& position);
    void regex(const bson_iter_t& position);
    void timestamp(const bson_iter_t& position);
    void db_pointer(const bson_iter_t& position);
    void decimal(const bson_iter_t& position);
    void named_text(const ValueView& value);  // code and symbols

    void string(std::string_view text);
    // `{ "NAME" : "TEXT" }`, where the text needs no escaping.
    void wrapped(std::string_view name, std::string_view plain_text);
    // `{ "NAME" : LITERAL }`
    void wrapped_literal(std::string_view name, std::string_view literal);

    std::string& out_;
    JsonForm form_;
    int depth_ = 0;
};

}  // namespace mim::bson
