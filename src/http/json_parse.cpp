#include "http/json_parse.hpp"

#include <charconv>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include "http/repeated_names.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;
using Code = json::error_code;

// Feeds the value stack as Boost's own parser does, but converts doubles from their digits: Boost 1.81 rounds
// some of them to the neighbouring value.
struct TreeHandler {
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    json::value_stack stack;
    RepeatedNames names;
    std::string name_so_far;
    std::string repeated;  // the path of a name that its object has twice; "" when there is none

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) {
        names.open_array();
        return true;
    }
    bool on_array_end(std::size_t size, Code&) {
        stack.push_array(size);
        names.close();
        return true;
    }
    bool on_object_begin(Code&) {
        names.open_object();
        return true;
    }
    bool on_object_end(std::size_t size, Code&) {
        stack.push_object(size);
        names.close();
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, Code&) {
        stack.push_chars(part);
        name_so_far.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, Code& failure) {
        stack.push_key(part);
        name_so_far.append(part.data(), part.size());
        if (names.add(std::exchange(name_so_far, {}))) return true;
        repeated = names.path();
        failure = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
        return false;
    }
    bool on_string_part(json::string_view part, std::size_t, Code&) {
        stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, Code&) {
        stack.push_string(part);
        names.pass_value();
        return true;
    }
    bool on_number_part(json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, Code&) {
        stack.push_int64(number);
        names.pass_value();
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, Code&) {
        stack.push_uint64(number);
        names.pass_value();
        return true;
    }
    // The whole text lies in one buffer, so `digits` is the whole number.
    bool on_double(double approximation, json::string_view digits, Code&) {
        double exact = approximation;
        std::from_chars(digits.data(), digits.data() + digits.size(), exact);
        stack.push_double(exact);
        names.pass_value();
        return true;
    }
    bool on_bool(bool truth, Code&) {
        stack.push_bool(truth);
        names.pass_value();
        return true;
    }
    bool on_null(Code&) {
        stack.push_null();
        names.pass_value();
        return true;
    }
    bool on_comment_part(json::string_view, Code&) { return true; }
    bool on_comment(json::string_view, Code&) { return true; }
};

// Boost's words for its codes may be others in another version.
std::string_view words_for(const Code& failure) {
    if (failure == json::error::incomplete) return "incomplete JSON";
    if (failure == json::error::extra_data) return "extra data";
    if (failure == json::error::too_deep) return "too deep";
    if (failure == json::error::exponent_overflow) return "a number out of range";
    if (failure == json::error::illegal_leading_surrogate ||
        failure == json::error::illegal_trailing_surrogate || failure == json::error::expected_hex_digit ||
        failure == json::error::expected_utf16_escape)
        return "an escape that is no letter";
    return "syntax error";
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
    json::basic_parser<TreeHandler> parser(json::parse_options{});
    parser.handler().stack.reset();
    Code failure;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), failure);
    if (!failure && read < text.size()) failure = json::error::extra_data;
    if (const std::string& repeated = parser.handler().repeated; !repeated.empty())
        return invalid_field(repeated, "Is there twice: which one is meant?");
    if (failure) {
        return Error{ErrorCode::malformed_body,
                     "The body is not valid JSON: " + std::string(words_for(failure)) + " at byte " +
                         std::to_string(read)};
    }
    return parser.handler().stack.release();
}

}  // namespace mim::http
