// The fields of bodies and the parameters of URLs as HTML tables. Pure; borrows the document.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace mim::http {

[[nodiscard]] std::string html_escaped(std::string_view text);
// The text of a member, escaped; empty when there is none.
[[nodiscard]] std::string html_text_of(const boost::json::object& object, std::string_view name);
// Follows `{"$ref": "#/components/…"}` to what it stands for.
[[nodiscard]] const boost::json::object& resolved(const boost::json::object& document,
                                                  const boost::json::object& object);

// A table of the fields of `schema`, then one of each object within: `options`, `options.collation`,
// `keys[]`.
void append_field_tables(std::string& page, const boost::json::object& document,
                         const boost::json::object& schema);
// Nothing when there are none.
void append_parameter_table(std::string& page, const boost::json::object& document,
                            const boost::json::object& operation);

}  // namespace mim::http
