#include "store/mongodb/search.hpp"

#include "base/ascii.hpp"
#include "base/fold.hpp"

namespace mim::store::mongodb {

bson::Document has_inside(std::string_view query) {
    std::string pattern;
    for (const char c : fold(query)) {
        const bool plain = ascii::is_letter_or_digit(c) || (c & 0x80) != 0;
        if (c == '\0') {
            pattern += "\\x00";
            continue;
        }
        if (!plain) pattern += '\\';  // before a character that is no letter or digit it means just that one
        pattern += c;
    }
    return fields("$regex", pattern);
}

}  // namespace mim::store::mongodb
