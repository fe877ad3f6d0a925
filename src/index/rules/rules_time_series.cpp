#include "index/definition/filter_expression.hpp"
#include "index/definition/key_pattern.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int wildcard_on_measurements = 7246201;

struct TimeSeriesFields {
    std::string time;
    std::string meta;
    [[nodiscard]] bool is_meta(std::string_view path) const {
        return !meta.empty() && is_or_lies_under(path, meta);
    }
};

bool only_on_meta(const FilterNode& node, const TimeSeriesFields& fields) {
    if (node.operand) return fields.is_meta(node.path);
    for (const auto& child : node.children) {
        if (!only_on_meta(child, fields)) return false;
    }
    return !node.children.empty();
}

Verdict check_expiry(const Candidate& candidate, const TimeSeriesFields& fields) {
    if (!candidate.option("expireAfterSeconds")) return std::nullopt;
    const auto filter = candidate.option("partialFilterExpression");
    const bool on_time = candidate.key.size() == 1 && (*candidate.key.begin()).key() == fields.time;
    if (candidate.since(version_7_0) && on_time && filter &&
        only_on_meta(parse_filter(*filter->document()), fields)) {
        return std::nullopt;
    }
    return invalid_options(
        "expireAfterSeconds",
        "In a time-series collection an index expires documents only on the time field, with a "
        "filter on the meta field: set the collection's own expireAfterSeconds.");
}

Verdict check_field(const bson::ValueView& field, const Candidate& candidate,
                    const TimeSeriesFields& fields) {
    const auto where = "key." + std::string(field.key());
    if (fields.is_meta(field.key())) return std::nullopt;
    if (field.key() == fields.time) {
        if (field.is_number()) return std::nullopt;
        return refuse(where, "The time field of a time-series collection takes 1 or -1.");
    }
    if (is_wildcard_field(field.key()) && candidate.since(version_7_0)) {
        return refuse(
            wildcard_on_measurements, where,
            "On measurements of a time-series collection a wildcard stands for two fields, the least and "
            "the greatest value: index the meta field instead.");
    }
    const bool allowed =
        candidate.type == KeyType::sphere_2d || (field.is_number() && !is_wildcard_field(field.key()));
    if (!allowed)
        return refuse(where,
                      "On measurements of a time-series collection only 1, -1 and 2dsphere are possible.");
    if (candidate.turned_on("sparse")) {
        return invalid_options(
            "sparse",
            "In a time-series collection only an index on the meta field can be sparse: leave it out.");
    }
    return std::nullopt;
}

// Before 6.0 the buckets were told apart by their time alone, and an index of them took little.
Verdict check_before_6_0(const Candidate& candidate, const TimeSeriesFields& fields) {
    for (const auto field : candidate.key) {
        if (fields.is_meta(field.key()) || field.key() == fields.time) continue;
        return refuse("key." + std::string(field.key()),
                      "Before MongoDB 6.0 a time-series index holds the time field and the meta field only: "
                      "leave the others out.");
    }
    if (candidate.option("expireAfterSeconds")) {
        return refuse("expireAfterSeconds",
                      "Before MongoDB 6.0 no index of a time-series collection expires documents: set the "
                      "collection's own expireAfterSeconds.");
    }
    if (!candidate.option("partialFilterExpression")) return std::nullopt;
    return invalid_options("partialFilterExpression",
                           "Before MongoDB 6.0 a time-series index has no filter: leave it out.");
}

}  // namespace

// Source: mongo src/mongo/db/timeseries/timeseries_index_schema_conversion_functions.cpp.
Verdict check_time_series(const Candidate& candidate) {
    const auto& collection = candidate.context.collection;
    if (collection.kind != CollectionKind::time_series) return std::nullopt;
    const TimeSeriesFields fields{collection.time_field(), collection.meta_field()};
    if (!candidate.since(version_6_0)) {
        if (auto verdict = check_before_6_0(candidate, fields)) return verdict;
    }
    if (candidate.turned_on("unique"))
        return invalid_options("unique", "A time-series collection has no unique indexes: leave it out.");
    if (candidate.type == KeyType::text)
        return invalid_options("key", "A time-series collection has no text indexes: leave it out.");
    if (candidate.option("collation") && candidate.option("partialFilterExpression")) {
        return refuse(server_code::index_options_conflict, "collation",
                      "A time-series index cannot have both a collation and a filter: leave one out.");
    }
    if (auto verdict = check_expiry(candidate, fields)) return verdict;
    for (const auto field : candidate.key) {
        if (auto verdict = check_field(field, candidate, fields)) return verdict;
    }
    return std::nullopt;
}

}  // namespace mim::index
