#include "http/wrong_kind.hpp"

#include <algorithm>

namespace mim::http {

std::string whole_number_in(IntegerRange range) {
    return "a whole number such as " +
           std::to_string(std::clamp<std::int64_t>(1, range.least, range.greatest));
}

std::string_view kind_of(const boost::json::value& sent) {
    switch (sent.kind()) {
        case boost::json::kind::null:
            return "null";
        case boost::json::kind::bool_:
            return "true or false";
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
            return "a number";
        case boost::json::kind::double_:
            return "a number with a decimal point or an exponent";
        case boost::json::kind::string:
            return sent.get_string().empty() ? "an empty string" : "a string";
        case boost::json::kind::array:
            return "an array";
        case boost::json::kind::object:
            return "an object";
    }
    return "that";
}

std::string wrong_kind(std::string_view path, std::string_view wanted, std::string_view sent) {
    std::string reason = "Field wrong type: ";
    reason.append(path).append(" must be ").append(wanted).append(", not ").append(sent);
    return reason;
}

}  // namespace mim::http
