#include "sandbox/query/regex.hpp"

#include <optional>
#include <string>

#include <boost/regex.hpp>

namespace mim::sandbox::query {
namespace {

constexpr std::size_t longest_pattern = 4096;

struct Source {
    std::string_view pattern;
    std::string_view options;
};

Source source_of(const bson::ValueView& value, std::string_view options) {
    if (value.type() != bson::Type::regex) return {value.string().value_or(std::string_view{}), options};
    const char* own_options = nullptr;
    const char* pattern = bson_iter_regex(&value.position(), &own_options);
    return {pattern,
            own_options != nullptr && *own_options != '\0' ? std::string_view(own_options) : options};
}

std::optional<boost::regex> compile(const Source& source) {
    if (source.pattern.size() > longest_pattern) return std::nullopt;
    boost::regex::flag_type flags = boost::regex::perl;
    if (source.options.find('i') != std::string_view::npos) flags |= boost::regex::icase;
    if (source.options.find('m') == std::string_view::npos) flags |= boost::regex::no_mod_m;
    try {
        return boost::regex(source.pattern.begin(), source.pattern.end(), flags);
    } catch (const std::exception&) {  // the library's only way to say that a pattern is invalid
        return std::nullopt;
    }
}

}  // namespace

bool regex_is_valid(const bson::ValueView& pattern) {
    return compile(source_of(pattern, {})).has_value();
}

bool regex_matches(const bson::ValueView& pattern, std::string_view options, std::string_view text) {
    const auto compiled = compile(source_of(pattern, options));
    if (!compiled) return false;
    try {
        return boost::regex_search(text.begin(), text.end(), *compiled);
    } catch (const std::exception&) {  // thrown when the work passes the library's limit
        return false;
    }
}

}  // namespace mim::sandbox::query
