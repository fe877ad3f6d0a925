#include "http/json_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace mim::http {
namespace {

namespace json = boost::json;

// The largest double below which every whole number is exact.
constexpr double exact_limit = 9007199254740992.0;

std::optional<std::int64_t> whole_number(const json::value& value) {
    if (value.is_int64()) return value.get_int64();
    if (!value.is_double()) return std::nullopt;
    const double number = value.get_double();
    if (!(std::abs(number) <= exact_limit) || number != std::trunc(number)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

}  // namespace

std::string ObjectReader::path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void ObjectReader::complain(std::string_view name, std::string reason) {
    complaints_->push_back({path_of(name), std::move(reason)});
}

const json::value* ObjectReader::find(std::string_view name) const {
    const json::value* found = object_->if_contains(json::string_view(name.data(), name.size()));
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<std::string> ObjectReader::optional_string(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) {
        complain(name, std::string(wrong_type));
        return std::nullopt;
    }
    const json::string& text = found->get_string();
    // No name, address or password holds a NUL; C libraries below would silently cut the text there.
    if (text.find('\0') != json::string::npos) {
        complain(name, "Must not hold a NUL character");
        return std::nullopt;
    }
    return std::string(text.data(), text.size());
}

std::string ObjectReader::required_string(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr || (found->is_string() && found->get_string().empty())) {
        complain(name, std::string(field_required));
        return {};
    }
    return optional_string(name).value_or("");
}

std::string ObjectReader::string_or_empty(std::string_view name) {
    return optional_string(name).value_or("");
}

std::optional<bool> ObjectReader::optional_boolean(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_bool()) return found->get_bool();
    complain(name, std::string(wrong_type));
    return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, IntegerRange range) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    const auto number = whole_number(*found);
    if (!number && !found->is_uint64()) {
        complain(name, std::string(wrong_type));
        return std::nullopt;
    }
    if (!number || *number < range.least || *number > range.greatest) {
        complain(name,
                 "Must be from " + std::to_string(range.least) + " to " + std::to_string(range.greatest));
        return std::nullopt;
    }
    return number;
}

std::optional<std::vector<std::string>> ObjectReader::optional_names(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_array()) {
        complain(name, std::string(wrong_type));
        return std::nullopt;
    }
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (const json::value& item : found->get_array()) {
        const std::string place = std::string(name) + "[" + std::to_string(names.size()) + "]";
        const bool usable = item.is_string() && !item.get_string().empty() &&
                            item.get_string().find('\0') == json::string::npos;
        names.emplace_back(usable ? std::string_view(item.get_string()) : std::string_view());
        if (!usable) {
            complain(place, std::string(wrong_type));
        } else if (!seen.insert(names.back()).second) {
            complain(place, "Is named twice");
        }
    }
    if (names.empty()) complain(name, "Must name at least one");
    return names;
}

std::vector<std::string> ObjectReader::required_names(std::string_view name) {
    if (find(name) == nullptr) complain(name, std::string(field_required));
    return optional_names(name).value_or(std::vector<std::string>{});
}

std::optional<ObjectReader> ObjectReader::optional_object(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_object()) return ObjectReader(found->get_object(), path_of(name), *complaints_);
    complain(name, std::string(wrong_type));
    return std::nullopt;
}

std::optional<ObjectReader> ObjectReader::required_object(std::string_view name) {
    if (find(name) == nullptr) complain(name, std::string(field_required));
    return optional_object(name);
}

void ObjectReader::allow_only(std::initializer_list<std::string_view> names) {
    for (const auto& member : *object_) {
        const std::string_view name(member.key().data(), member.key().size());
        if (std::ranges::find(names, name) == names.end()) complain(name, std::string(unknown_field));
    }
}

}  // namespace mim::http
