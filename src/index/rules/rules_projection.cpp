#include <algorithm>

#include "index/definition/key_pattern.hpp"
#include "index/definition/projection.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int inclusion_in_exclusion = 31253;
constexpr int exclusion_in_inclusion = 31254;
constexpr int child_after_parent = 31249;
constexpr int parent_after_child = 31250;
constexpr int value_not_allowed = 51271;
constexpr int name_starts_with_dollar = 16410;
constexpr int name_is_empty = 15998;
constexpr int compound_overlap = 7246200;
constexpr int compound_value = 7246207;
constexpr int compound_includes_key_field = 7246208;
constexpr int key_field_before_excluded = 7246209;
constexpr int key_field_not_excluded = 7246210;
constexpr int compound_mix = 7246211;

using Paths = std::vector<std::string>;

std::string projection_field(std::string_view path) {
    return "wildcardProjection." + std::string(path);
}

Rejection mixed(int code, std::string_view path) {
    return refuse(code, projection_field(path),
                  "A wildcardProjection either includes or excludes fields, '_id' apart: change " +
                      in_quotes(path) + ".");
}

Verdict check_path(std::string_view path) {
    for (const auto part : path_parts(path)) {
        if (part.empty())
            return refuse(name_is_empty, projection_field(path),
                          "The path " + in_quotes(path) + " has an empty part: name each part.");
        if (part[0] == '$') {
            return refuse(
                name_starts_with_dollar, projection_field(path),
                "A projected path has no part that starts with '$': correct " + in_quotes(path) + ".");
        }
    }
    return std::nullopt;
}

// Sorted so that a path stands right before what lies under it.
bool path_less(std::string_view left, std::string_view right) {
    const auto lower = [](char letter) { return letter == '.' ? '\0' : letter; };
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                        [&](char a, char b) { return lower(a) < lower(b); });
}

Rejection overlapping(int code, std::string_view earlier, std::string_view later) {
    return refuse(
        code, projection_field(later),
        "Projected paths cannot overlap: keep " + in_quotes(earlier) + " or " + in_quotes(later) + ".");
}

Verdict check_overlap(Paths paths, int code) {
    std::sort(paths.begin(), paths.end(), path_less);
    for (std::size_t i = 1; i < paths.size(); ++i) {
        if (!is_or_lies_under(paths[i], paths[i - 1])) continue;
        return overlapping(code, paths[i - 1], paths[i]);
    }
    return std::nullopt;
}

// As the server reads one path after the other.
Verdict check_collision(std::string_view path, const Paths& before) {
    for (const auto& earlier : before) {
        const bool above = is_or_lies_under(earlier, path);
        if (!above && !is_or_lies_under(path, earlier)) continue;
        return overlapping(above ? parent_after_child : child_after_parent, earlier, path);
    }
    return std::nullopt;
}

Verdict check_single(const std::vector<ProjectedPath>& projection) {
    std::optional<bool> includes;
    Paths before;
    for (const auto& path : projection) {
        if (!path.readable)
            return refuse(value_not_allowed, projection_field(path.path),
                          "A projected path takes 1 or 0: change " + in_quotes(path.path) + ".");
        if (auto verdict = check_path(path.path)) return verdict;
        if (auto verdict = check_collision(path.path, before)) return verdict;
        before.push_back(path.path);
        if (path.path == "_id") continue;
        if (includes && *includes != path.included) {
            return mixed(path.included ? inclusion_in_exclusion : exclusion_in_inclusion, path.path);
        }
        includes = path.included;
    }
    return std::nullopt;
}

Verdict check_key_fields_excluded(const Paths& fields, const Paths& excluded) {
    auto at_path = excluded.begin();
    for (const auto& field : fields) {
        while (at_path != excluded.end() && !is_or_lies_under(field, *at_path) && path_less(*at_path, field))
            ++at_path;
        if (at_path != excluded.end() && is_or_lies_under(field, *at_path)) continue;
        const int code = at_path == excluded.end() ? key_field_not_excluded : key_field_before_excluded;
        return refuse(
            code, "wildcardProjection",
            "The projection must exclude every other field of the key: add " + in_quotes(field) + ": 0.");
    }
    return std::nullopt;
}

Verdict check_key_fields_not_included(const Paths& fields, const Paths& included) {
    for (const auto& path : included) {
        for (const auto& field : fields) {
            if (!is_or_lies_under(field, path)) continue;
            return refuse(compound_includes_key_field, projection_field(path),
                          "The projection cannot include " + in_quotes(field) +
                              ", which the key has by itself: leave it out.");
        }
    }
    return std::nullopt;
}

Paths sorted_key_fields(const Candidate& candidate) {
    Paths fields;
    for (const auto field : candidate.key) {
        if (!is_wildcard_field(field.key())) fields.emplace_back(field.key());
    }
    std::sort(fields.begin(), fields.end(), path_less);
    return fields;
}

// Source: mongo src/mongo/db/index/wildcard_validation.cpp (validateWildcardProjection).
Verdict check_compound(const Candidate& candidate, bson::DocumentView projection) {
    Paths included, excluded;
    for (const auto value : projection) {
        if (!value.is_number() && !value.boolean()) {
            return refuse(compound_value, projection_field(value.key()),
                          "In a compound wildcard index a projected path takes 1 or 0: change " +
                              in_quotes(value.key()) + ".");
        }
        (value.truthy() ? included : excluded).emplace_back(value.key());
    }
    std::sort(included.begin(), included.end(), path_less);
    std::sort(excluded.begin(), excluded.end(), path_less);
    if (auto verdict = check_overlap(included, compound_overlap)) return verdict;
    if (auto verdict = check_overlap(excluded, compound_overlap)) return verdict;
    const auto fields = sorted_key_fields(candidate);
    if (auto verdict = check_key_fields_not_included(fields, included)) return verdict;
    if (!excluded.empty()) {
        if (auto verdict = check_key_fields_excluded(fields, excluded)) return verdict;
    }
    const Paths only_id{"_id"};
    if (!included.empty() && !excluded.empty() && included != only_id && excluded != only_id) {
        return mixed(compound_mix, included.front());
    }
    for (const auto value : projection) {
        if (auto verdict = check_path(value.key())) return verdict;
    }
    return std::nullopt;
}

}  // namespace

Verdict check_wildcard_projection(const Candidate& candidate) {
    const auto value = candidate.option("wildcardProjection");
    if (!value) return std::nullopt;
    if (candidate.type != KeyType::wildcard) {
        return refuse(server_code::bad_value, "wildcardProjection",
                      "'wildcardProjection' is for wildcard indexes only: leave it out.");
    }
    if (value->type() != bson::Type::document) return wrong_type("wildcardProjection", "an object", *value);
    if (!candidate.key.contains("$**")) {
        return refuse(
            server_code::failed_to_parse, "wildcardProjection",
            "'wildcardProjection' needs the field \"$**\": with a path before it, leave the projection out.");
    }
    const auto projection = *value->document();
    if (projection.empty()) {
        return refuse(server_code::failed_to_parse, "wildcardProjection",
                      "'wildcardProjection' is empty: name a path, or leave it out.");
    }
    return candidate.key.size() > 1 ? check_compound(candidate, projection)
                                    : check_single(flatten_projection(projection));
}

}  // namespace mim::index
