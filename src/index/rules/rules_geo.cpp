#include <cmath>
#include <cstdint>
#include <string>

#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int two_planar_fields = 16800;
constexpr int planar_not_first = 16801;
constexpr int coarsest_too_small = 16747;
constexpr int finest_too_large = 16748;
constexpr int finest_below_coarsest = 16749;

constexpr double default_bound = 180;
constexpr std::int64_t first_version_with_finer_levels = 3;
constexpr double deepest_level = 30;

double number_or(const Candidate& candidate, std::string_view option, double otherwise) {
    const auto value = candidate.option(option);
    return value ? value->number().value_or(otherwise) : otherwise;
}

// Source: mongo src/mongo/db/index/expression_params.cpp.
Verdict check_planar_key(const Candidate& candidate) {
    std::size_t position = 0, planar = 0;
    for (const auto field : candidate.key) {
        if (field.string()) {
            const auto where = "key." + std::string(field.key());
            if (++planar > 1)
                return refuse(two_planar_fields, where,
                              "An index has at most one 2d field: make two indexes.");
            if (position > 0)
                return refuse(planar_not_first, where,
                              "The 2d field must come first in the key: move it there.");
        }
        ++position;
    }
    return std::nullopt;
}

// Source: mongo src/mongo/db/geo/hash.cpp (parseParameters).
Verdict check_planar_options(const Candidate& candidate) {
    const double bits = std::trunc(number_or(candidate, "bits", 26));
    if (!(bits >= 1 && bits <= 32)) {
        return refuse(server_code::invalid_options, "bits",
                      "'bits' of a 2d index must be 1 to 32: leave it out for 26.");
    }
    const double low = number_or(candidate, "min", -default_bound),
                 high = number_or(candidate, "max", default_bound);
    if (!(low < high) || std::isinf(low) || std::isinf(high)) {
        return refuse(server_code::invalid_options, "min",
                      "'min' of a 2d index must be less than 'max', both finite: correct them.");
    }
    return std::nullopt;
}

// What leaving them out means.
struct Levels {
    int coarsest, finest;
};
Levels usual_levels(const Candidate& candidate) {
    const auto version = candidate.option("2dsphereIndexVersion");
    const auto number = version ? version->integer() : std::nullopt;
    return number && *number < first_version_with_finer_levels ? Levels{7, 14} : Levels{2, 16};
}

// Executed on 5.0.0; what older servers make of a fraction is not sourced.
Verdict check_levels_are_whole(const Candidate& candidate) {
    if (!candidate.since(version_5_0)) return std::nullopt;
    for (const auto option : {"coarsestIndexedLevel", "finestIndexedLevel"}) {
        const auto level = candidate.option(option);
        if (!level || level->integer()) continue;
        return refuse(server_code::bad_value, option,
                      in_quotes(option) + " must be a whole number: use one from 0 to 30.");
    }
    return std::nullopt;
}

// Source: mongo src/mongo/db/index/s2_access_method.cpp (fixSpec) and expression_params.cpp.
Verdict check_sphere(const Candidate& candidate) {
    if (const auto version = candidate.option("2dsphereIndexVersion")) {
        const auto number = version->integer();
        if (!number || *number < 1 || *number > 3) {
            return refuse("2dsphereIndexVersion",
                          "2dsphere index versions are 1, 2 and 3: leave it out for 3.");
        }
    }
    if (auto verdict = check_levels_are_whole(candidate)) return verdict;
    const Levels usual = usual_levels(candidate);
    const double coarsest = number_or(candidate, "coarsestIndexedLevel", usual.coarsest);
    const double finest = number_or(candidate, "finestIndexedLevel", usual.finest);
    if (!(coarsest >= 0)) {
        return refuse(coarsest_too_small, "coarsestIndexedLevel",
                      "'coarsestIndexedLevel' cannot be negative: use 0 or more.");
    }
    if (!(finest <= deepest_level)) {
        return refuse(finest_too_large, "finestIndexedLevel",
                      "'finestIndexedLevel' is at most 30: lower it.");
    }
    if (!(finest >= coarsest)) {
        return refuse(
            finest_below_coarsest, "finestIndexedLevel",
            "'finestIndexedLevel' cannot be less than 'coarsestIndexedLevel', and left out they are " +
                std::to_string(usual.finest) + " and " + std::to_string(usual.coarsest) + ": give both.");
    }
    return std::nullopt;
}

}  // namespace

Verdict check_geo(const Candidate& candidate) {
    if (candidate.type == KeyType::sphere_2d) return check_sphere(candidate);
    if (candidate.type != KeyType::planar_2d) return std::nullopt;
    if (auto verdict = check_planar_key(candidate)) return verdict;
    return check_planar_options(candidate);
}

}  // namespace mim::index
