#include "sandbox/catalog/geometry.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "bson/document.hpp"

namespace mim::sandbox::catalog {
namespace {

constexpr double farthest_east = 180;
constexpr double farthest_north = 90;

// Longitude and latitude, in this order, under whatever names.
bool is_position(bson::DocumentView pair) {
    std::array<double, 2> numbers{};
    std::size_t count = 0;
    for (const auto value : pair) {
        if (count == numbers.size()) break;
        if (!value.is_number()) return false;
        numbers[count++] = *value.number();
    }
    return count == numbers.size() && std::abs(numbers[0]) <= farthest_east &&
           std::abs(numbers[1]) <= farthest_north;
}

bool holds_positions(const bson::ValueView& coordinates, int depth) {
    if (coordinates.type() != bson::Type::array) return false;
    const auto list = *coordinates.document();
    if (depth == 0) return is_position(list);
    for (const auto each : list) {
        if (!holds_positions(each, depth - 1)) return false;
    }
    return !list.empty();
}

bool are_geometries(bson::DocumentView list) {
    for (const auto each : list) {
        if (!is_geometry(each)) return false;
    }
    return true;
}

struct Shape {
    std::string_view type;
    int depth;  // of the lists around its positions
};
constexpr std::array shapes{Shape{"Point", 0},           Shape{"MultiPoint", 1}, Shape{"LineString", 1},
                            Shape{"MultiLineString", 2}, Shape{"Polygon", 2},    Shape{"MultiPolygon", 3}};

bool is_collection(bson::DocumentView value) {
    const auto members = value.find("geometries");
    if (!members || members->type() != bson::Type::array) return false;
    return are_geometries(*members->document());
}

bool is_geo_json(bson::DocumentView value, std::string_view type) {
    if (type == "GeometryCollection") return is_collection(value);
    const auto* const shape =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& each) { return each.type == type; });
    const auto coordinates = value.find("coordinates");
    return shape != shapes.end() && coordinates && holds_positions(*coordinates, shape->depth);
}

}  // namespace

bool is_geometry(const bson::ValueView& value) {
    const auto inside = value.document();
    if (!inside) return false;
    const auto type = inside->find("type");
    if (value.type() == bson::Type::document && type && type->string())
        return is_geo_json(*inside, *type->string());
    if (is_position(*inside)) return true;
    return value.type() == bson::Type::array && are_geometries(*inside);
}

}  // namespace mim::sandbox::catalog
