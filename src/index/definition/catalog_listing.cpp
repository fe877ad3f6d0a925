#include "index/definition/catalog_listing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "bson/builder.hpp"
#include "index/definition/index_option.hpp"

namespace mim::index {
namespace {

enum class ListedAs { is, whole, fraction, truth };

ListedAs listed_as(OptionKind kind) {
    if (is_flag(kind)) return ListedAs::truth;
    if (is_whole(kind) || kind == OptionKind::seconds) return ListedAs::whole;
    return kind == OptionKind::fraction ? ListedAs::fraction : ListedAs::is;
}

// Where a field stands in the reply, and as what; behind all others when it is unknown.
struct Place {
    std::size_t position;
    ListedAs type;
    bool is_known() const { return position < places_in_all(); }
    static std::size_t places_in_all() { return index_options().size() + 2; }
};

Place place_of(std::string_view name) {
    constexpr std::size_t of_key = 1, of_name = 2;
    if (name == "key") return {of_key, ListedAs::is};
    if (name == "name") return {of_name, ListedAs::is};
    const IndexOption* const option = find_index_option(name);
    if (option == nullptr) return {Place::places_in_all(), ListedAs::is};
    const auto position = static_cast<std::size_t>(option - index_options().data());
    return {position == 0 ? 0 : position + of_name, listed_as(option->kind)};
}

using Int32 = std::numeric_limits<std::int32_t>;

bool fits_int32(double number) {
    return number > static_cast<double>(Int32::min()) - 1 && number < static_cast<double>(Int32::max()) + 1;
}

// Not a number and too large become the largest, as a server repairs an expireAfterSeconds that old catalogs
// hold.
std::int32_t within_int32(double number) {
    if (fits_int32(number)) return static_cast<std::int32_t>(number);
    return number < 0 ? Int32::min() : Int32::max();
}

void add_listed(bson::Builder& into, const bson::ValueView& value, ListedAs type) {
    if (type == ListedAs::truth) {
        into.add(value.key(), value.truthy());
    } else if (type == ListedAs::whole && value.is_number()) {
        into.add(value.key(), within_int32(value.number().value_or(0)));
    } else if (type == ListedAs::fraction && value.is_number()) {
        into.add(value.key(), value.number().value_or(0));
    } else {
        into.add(value.key(), value);
    }
}

bool is_sure(const bson::ValueView& value, ListedAs type) {
    switch (type) {
        case ListedAs::is:
            return true;
        case ListedAs::truth:
            return value.type() == bson::Type::boolean || value.is_number();
        case ListedAs::whole:
            return value.is_number() && fits_int32(value.number().value_or(NAN));
        case ListedAs::fraction:
            return value.is_number();
    }
    return false;
}

struct PlacedValue {
    Place place;
    bson::ValueView value;
};

std::vector<PlacedValue> in_listed_order(bson::DocumentView stored) {
    constexpr std::size_t usual_fields = 6;
    std::vector<PlacedValue> placed;
    placed.reserve(usual_fields);
    for (const auto value : stored) placed.push_back({place_of(value.key()), value});
    const auto earlier = [](const PlacedValue& left, const PlacedValue& right) {
        return left.place.position < right.place.position;
    };
    if (!std::is_sorted(placed.begin(), placed.end(), earlier))
        std::stable_sort(placed.begin(), placed.end(), earlier);
    return placed;
}

}  // namespace

bool is_known_index_field(std::string_view name) {
    return place_of(name).is_known();
}

Spec listed_from_catalog(bson::DocumentView stored) {
    Spec spec;
    bson::Builder options;
    for (const PlacedValue& one : in_listed_order(stored)) {
        const auto name = one.value.key();
        if (name == "key") {
            if (one.value.type() == bson::Type::document) spec.key = bson::Document(*one.value.document());
        } else if (name == "name") {
            spec.name = one.value.string().value_or("");
        } else {
            add_listed(options, one.value, one.place.type);
        }
    }
    spec.options = options.take();
    return spec;
}

bool has_sure_listed_form(bson::DocumentView stored) {
    bool named = false, keyed = false;
    for (const auto value : stored) {
        const Place place = place_of(value.key());
        if (!place.is_known() || !is_sure(value, place.type)) return false;
        named = named || (value.key() == "name" && value.string());
        keyed = keyed || (value.key() == "key" && value.type() == bson::Type::document);
    }
    return named && keyed;
}

}  // namespace mim::index
