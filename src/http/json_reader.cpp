#include "http/json_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace mim::http {
namespace {

namespace json = boost::json;

// The largest double below which every whole number is exact.
constexpr double exact_limit = 9007199254740992.0;

constexpr std::string_view no_nul = "Must not hold a NUL character";

// No name, address or password holds a NUL; C libraries below would silently cut the text there.
bool holds_nul(const json::string& text) {
    return text.find('\0') != json::string::npos;
}

std::optional<std::int64_t> whole_number(const json::value& value) {
    if (value.is_int64()) return value.get_int64();
    if (!value.is_double()) return std::nullopt;
    const double number = value.get_double();
    if (!(std::abs(number) <= exact_limit) || number != std::trunc(number)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

// A number that no field takes: it is out of every range, whatever its kind.
bool is_beyond_exact(const json::value& value) {
    return value.is_uint64() || (value.is_double() && std::abs(value.get_double()) > exact_limit);
}

}  // namespace

void ObjectReader::complain(std::string_view name, std::string reason) {
    reading_->complain(path_of(name), std::move(reason));
}

void ObjectReader::refuse_kind(std::string_view name, std::string_view wanted, std::string_view sent) {
    const std::string path = path_of(name);
    reading_->complain(path, wrong_kind(path, wanted, sent));
}

void ObjectReader::require(std::string_view name) {
    if (find(name) == nullptr) complain(name, std::string(field_required));
}

void ObjectReader::accept(std::string_view name) {
    if (!place_->knows(name)) place_->also.emplace_back(name);
}

const json::value* ObjectReader::find(std::string_view name) {
    if (!place_->knows(name)) place_->asked.emplace_back(name);
    const json::value* found = place_->object->if_contains(json::string_view(name.data(), name.size()));
    return found == nullptr || found->is_null() ? nullptr : found;
}

bool ObjectReader::is_null(std::string_view name) {
    return find(name) == nullptr && place_->object->contains(json::string_view(name.data(), name.size()));
}

std::optional<std::string> ObjectReader::optional_string(std::string_view name, std::string_view wanted) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) {
        refuse_kind(name, wanted, kind_of(*found));
        return std::nullopt;
    }
    const json::string& text = found->get_string();
    if (holds_nul(text)) {
        complain(name, std::string(no_nul));
        return std::nullopt;
    }
    return std::string(text.data(), text.size());
}

std::string ObjectReader::required_string(std::string_view name, std::string_view wanted) {
    const json::value* found = find(name);
    if (found == nullptr || (found->is_string() && found->get_string().empty())) {
        complain(name, std::string(field_required));
        return {};
    }
    return optional_string(name, wanted).value_or("");
}

std::string ObjectReader::string_or_empty(std::string_view name) {
    return optional_string(name).value_or("");
}

std::optional<bool> ObjectReader::optional_boolean(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_bool()) return found->get_bool();
    refuse_kind(name, takes::flag, kind_of(*found));
    return std::nullopt;
}

std::optional<std::string> ObjectReader::changed_string(std::string_view name) {
    if (is_null(name)) complain(name, std::string(not_null));
    return optional_string(name);
}

std::optional<bool> ObjectReader::changed_boolean(std::string_view name) {
    if (is_null(name)) complain(name, std::string(not_null));
    return optional_boolean(name);
}

std::optional<std::string> ObjectReader::clearable_string(std::string_view name) {
    if (is_null(name)) return std::string();
    return optional_string(name);
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, IntegerRange range) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    const auto number = whole_number(*found);
    if (!number && !is_beyond_exact(*found)) {
        refuse_kind(name, whole_number_in(range), kind_of(*found));
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
        refuse_kind(name, takes::names, kind_of(*found));
        return std::nullopt;
    }
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (const json::value& item : found->get_array()) {
        const std::string place = std::string(name) + "[" + std::to_string(names.size()) + "]";
        const bool is_name = item.is_string() && !item.get_string().empty();
        names.emplace_back(is_name ? std::string_view(item.get_string()) : std::string_view());
        if (!is_name) {
            refuse_kind(place, takes::name, kind_of(item));
        } else if (holds_nul(item.get_string())) {
            complain(place, std::string(no_nul));
        } else if (!seen.insert(names.back()).second) {
            complain(place, "Is named twice");
        }
    }
    if (names.empty()) complain(name, "Must name at least one");
    return names;
}

std::vector<std::string> ObjectReader::required_names(std::string_view name) {
    require(name);
    return optional_names(name).value_or(std::vector<std::string>{});
}

std::optional<ObjectReader> ObjectReader::optional_object(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_object()) return ObjectReader(found->get_object(), path_of(name), *reading_);
    refuse_kind(name, takes::object, kind_of(*found));
    return std::nullopt;
}

std::optional<ObjectReader> ObjectReader::required_object(std::string_view name) {
    require(name);
    return optional_object(name);
}

ObjectReader ObjectReader::item(std::string_view place, const json::object& object) const {
    return {object, path_of(place), *reading_};
}

}  // namespace mim::http
