// The JSON body of a request. An absent body reads as `{}`, so that each required field is named.
#pragma once

#include <boost/json/value.hpp>

#include "app/model/page.hpp"
#include "base/result.hpp"
#include "http/json_reader.hpp"
#include "http/request.hpp"

namespace mim::http {

class Body {
  public:
    // malformed_body: not JSON, or not an object; invalid_input: an object in it has a name twice.
    [[nodiscard]] static Result<Body> of(const Request& request);
    // Borrows from this body, which must stay where it is as long as the reader lives.
    [[nodiscard]] ObjectReader fields() { return {value_.get_object(), "", reading_}; }
    // The whole of it again, in one line.
    [[nodiscard]] std::string text() const;
    // invalid_input with every complaint of every reader made from this body, and every field that none of
    // them asked for.
    [[nodiscard]] Done verdict() const;
    // The complaints alone: for who reads a part of the body and leaves the rest to another.
    [[nodiscard]] Done verdict_of_part() const;
    // The same with what the rules of a use-case say of the fields that could be read, so that all are named
    // at once.
    [[nodiscard]] Done verdict_with(const Done& rules) const;

  private:
    explicit Body(boost::json::value value) : value_(std::move(value)) {}
    boost::json::value value_;
    Reading reading_;
};

// `query`, `page`, `limit` by the contract: 0 or absent = the default, the limit capped, the query bounded.
[[nodiscard]] app::PageRequest read_page(ObjectReader& fields);
// The same of a list in which nothing is looked for: `query` is no field of it.
[[nodiscard]] app::PageRequest read_page_alone(ObjectReader& fields);
// The same from a URL's query (`page=2&limit=10`); invalid_input names what is wrong.
[[nodiscard]] Result<app::PageRequest> read_page(const Request& request);

}  // namespace mim::http
