#include "sandbox/catalog/listed_index.hpp"

#include <algorithm>
#include <cmath>

#include "bson/builder.hpp"

namespace mim::sandbox::catalog {
namespace {

enum class As { is, whole, fraction, truth };

struct Field {
    std::string_view name;
    As type;
};

constexpr std::array fields{Field{"v", As::whole},
                            Field{"key", As::is},
                            Field{"name", As::is},
                            Field{"ns", As::is},
                            Field{"background", As::truth},
                            Field{"unique", As::truth},
                            Field{"hidden", As::truth},
                            Field{"partialFilterExpression", As::is},
                            Field{"sparse", As::truth},
                            Field{"expireAfterSeconds", As::whole},
                            Field{"storageEngine", As::is},
                            Field{"weights", As::is},
                            Field{"default_language", As::is},
                            Field{"language_override", As::is},
                            Field{"textIndexVersion", As::whole},
                            Field{"2dsphereIndexVersion", As::whole},
                            Field{"bits", As::whole},
                            Field{"min", As::fraction},
                            Field{"max", As::fraction},
                            Field{"bucketSize", As::fraction},
                            Field{"collation", As::is},
                            Field{"wildcardProjection", As::is},
                            Field{"columnstoreProjection", As::is},
                            Field{"coarsestIndexedLevel", As::whole},
                            Field{"finestIndexedLevel", As::whole},
                            Field{"dropDups", As::truth},
                            Field{"originalSpec", As::is},
                            Field{"clustered", As::truth},
                            Field{"prepareUnique", As::truth}};

// Not a number and too large become the largest, as a server repairs an expireAfterSeconds that old catalogs
// hold.
std::int32_t whole(const bson::ValueView& value) {
    const double number = value.number().value_or(0);
    if (std::isnan(number) || number >= 2147483647.0) return INT32_MAX;
    if (number <= -2147483648.0) return INT32_MIN;
    return static_cast<std::int32_t>(number);
}

void add(bson::Builder& into, const bson::ValueView& value, As type) {
    if (type == As::truth) {
        into.add(value.key(), value.truthy());
    } else if (type == As::whole && value.is_number()) {
        into.add(value.key(), whole(value));
    } else if (type == As::fraction && value.is_number()) {
        into.add(value.key(), value.number().value_or(0));
    } else {
        into.add(value.key(), value);
    }
}

}  // namespace

bool is_known_index_field(std::string_view name) {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
}

bson::Document raw_form(const index::Spec& spec) {
    bson::Builder result;
    if (const auto version = spec.options.find("v")) result.add("v", *version);
    result.add("key", spec.key).add("name", spec.name);
    result.add_all(bson::without(spec.options, {"v"}));
    return result.take();
}

bson::Document listed_form(const index::Spec& spec, index::ServerVersion version) {
    const auto raw = raw_form(spec);
    if (version < index::ServerVersion{5, 0}) return raw;
    bson::Builder result;
    for (const auto& field : fields) {
        if (const auto value = raw.find(field.name)) add(result, *value, field.type);
    }
    for (const auto value : raw) {
        if (!is_known_index_field(value.key())) result.add(value.key(), value);
    }
    return result.take();
}

}  // namespace mim::sandbox::catalog
