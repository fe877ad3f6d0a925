// From Beast's message to ours. Pure.
#pragma once

#include <string>
#include <string_view>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/forwarded.hpp"
#include "http/request.hpp"

namespace mim::http {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
using Message = Parser::value_type;

// Several lines of one name are one list.
[[nodiscard]] std::string joined_lines(const Message& message, std::string_view name);
[[nodiscard]] ForwardedLines forwarded_lines(const Message& message);
[[nodiscard]] Method method_of(const Message& message);
// What the message says of itself: without sender and id. Takes its body.
[[nodiscard]] Request take_request(Message& message);

}  // namespace mim::http
