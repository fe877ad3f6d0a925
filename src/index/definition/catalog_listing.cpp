#include "index/definition/catalog_listing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "bson/builder.hpp"

namespace mim::index {
namespace {

enum class ListedAs { is, whole, fraction, truth };

struct ListedField {
    std::string_view name;
    ListedAs type;
};

constexpr std::array listed_fields{ListedField{"v", ListedAs::whole},
                                   ListedField{"key", ListedAs::is},
                                   ListedField{"name", ListedAs::is},
                                   ListedField{"ns", ListedAs::is},
                                   ListedField{"background", ListedAs::truth},
                                   ListedField{"unique", ListedAs::truth},
                                   ListedField{"hidden", ListedAs::truth},
                                   ListedField{"partialFilterExpression", ListedAs::is},
                                   ListedField{"sparse", ListedAs::truth},
                                   ListedField{"expireAfterSeconds", ListedAs::whole},
                                   ListedField{"storageEngine", ListedAs::is},
                                   ListedField{"weights", ListedAs::is},
                                   ListedField{"default_language", ListedAs::is},
                                   ListedField{"language_override", ListedAs::is},
                                   ListedField{"textIndexVersion", ListedAs::whole},
                                   ListedField{"2dsphereIndexVersion", ListedAs::whole},
                                   ListedField{"bits", ListedAs::whole},
                                   ListedField{"min", ListedAs::fraction},
                                   ListedField{"max", ListedAs::fraction},
                                   ListedField{"bucketSize", ListedAs::fraction},
                                   ListedField{"collation", ListedAs::is},
                                   ListedField{"wildcardProjection", ListedAs::is},
                                   ListedField{"columnstoreProjection", ListedAs::is},
                                   ListedField{"coarsestIndexedLevel", ListedAs::whole},
                                   ListedField{"finestIndexedLevel", ListedAs::whole},
                                   ListedField{"dropDups", ListedAs::truth},
                                   ListedField{"originalSpec", ListedAs::is},
                                   ListedField{"clustered", ListedAs::truth},
                                   ListedField{"prepareUnique", ListedAs::truth}};

// Where a field stands in the reply; behind all others when it is unknown.
std::size_t place_of(std::string_view name) {
    const auto found = std::find_if(listed_fields.begin(), listed_fields.end(),
                                    [&](const ListedField& field) { return field.name == name; });
    return static_cast<std::size_t>(found - listed_fields.begin());
}

using Int32 = std::numeric_limits<std::int32_t>;

bool fits_int32(double number) {
    return number > static_cast<double>(Int32::min()) - 1 && number < static_cast<double>(Int32::max()) + 1;
}

// Not a number and too large become the largest, as a server repairs an expireAfterSeconds that old catalogs
// hold.
std::int32_t whole_number(double number) {
    if (fits_int32(number)) return static_cast<std::int32_t>(number);
    return number < 0 ? Int32::min() : Int32::max();
}

void add_listed(bson::Builder& into, const bson::ValueView& value, ListedAs type) {
    if (type == ListedAs::truth) {
        into.add(value.key(), value.truthy());
    } else if (type == ListedAs::whole && value.is_number()) {
        into.add(value.key(), whole_number(value.number().value_or(0)));
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
    std::size_t place;
    bson::ValueView value;
};

std::vector<PlacedValue> in_listed_order(bson::DocumentView stored) {
    constexpr std::size_t usual_fields = 6;
    std::vector<PlacedValue> placed;
    placed.reserve(usual_fields);
    for (const auto value : stored) placed.push_back({place_of(value.key()), value});
    const auto earlier = [](const PlacedValue& left, const PlacedValue& right) {
        return left.place < right.place;
    };
    if (!std::is_sorted(placed.begin(), placed.end(), earlier))
        std::stable_sort(placed.begin(), placed.end(), earlier);
    return placed;
}

}  // namespace

bool is_known_index_field(std::string_view name) {
    return place_of(name) < listed_fields.size();
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
            const bool known = one.place < listed_fields.size();
            add_listed(options, one.value, known ? listed_fields[one.place].type : ListedAs::is);
        }
    }
    spec.options = options.take();
    return spec;
}

bool has_sure_listed_form(bson::DocumentView stored) {
    bool named = false, keyed = false;
    for (const auto value : stored) {
        const std::size_t place = place_of(value.key());
        if (place >= listed_fields.size() || !is_sure(value, listed_fields[place].type)) return false;
        named = named || (value.key() == "name" && value.string());
        keyed = keyed || (value.key() == "key" && value.type() == bson::Type::document);
    }
    return named && keyed;
}

}  // namespace mim::index
