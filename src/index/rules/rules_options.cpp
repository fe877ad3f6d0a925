#include <cstdint>
#include <limits>

#include "bson/elements.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

Verdict check_index_version(const Candidate& candidate) {
    const auto value = candidate.option("v");
    if (!value) return std::nullopt;
    const auto version = value->integer();
    using Limits = std::numeric_limits<std::int32_t>;
    if (!version || *version < Limits::min() || *version > Limits::max()) {
        return refuse(server_code::bad_value, "v",
                      "'v' must be a whole number: leave it out for the current version, 2.");
    }
    if (*version != 1 && *version != 2) {
        return refuse("v", "Only index versions 1 and 2 exist: leave 'v' out for the current one.");
    }
    return std::nullopt;
}

Verdict check_uniqueness(const Candidate& candidate) {
    if (candidate.turned_on("unique") && candidate.turned_on("prepareUnique")) {
        return refuse("prepareUnique", "A unique index needs no 'prepareUnique': leave it out.");
    }
    return std::nullopt;
}

Verdict check_sparse(const Candidate& candidate) {
    if (candidate.turned_on("sparse") && candidate.option("partialFilterExpression")) {
        return refuse("sparse",
                      "'sparse' cannot be combined with 'partialFilterExpression': put {field: {$exists: "
                      "true}} into the filter instead.");
    }
    return std::nullopt;
}

Verdict check_storage_engine(const Candidate& candidate) {
    const auto value = candidate.option("storageEngine");
    if (!value) return std::nullopt;
    if (value->type() != bson::Type::document) {
        return refuse("storageEngine", "'storageEngine' must be an object: {engine: {its options}}.");
    }
    if (value->document()->empty()) {
        return refuse("storageEngine",
                      "'storageEngine' is empty: name an engine and its options, or leave it out.");
    }
    for (const auto engine : bson::elements(*value)) {
        if (engine.type() == bson::Type::document) continue;
        return refuse(server_code::bad_value, "storageEngine." + std::string(engine.key()),
                      "The options of the storage engine " + in_quotes(engine.key()) +
                          " are an object: write {} for none.");
    }
    return std::nullopt;
}

// Both before and after, nobody looks at it.
Verdict check_bucket_size(const Candidate& candidate) {
    const bool is_5_0 = candidate.since(version_5_0) && !candidate.since(version_5_1);
    if (!is_5_0 || !candidate.option("bucketSize")) return std::nullopt;
    return refuse("bucketSize",
                  "MongoDB 5.0 takes no 'bucketSize', which was of geoHaystack indexes: leave it out.");
}

Verdict check_columnstore(const Candidate& candidate) {
    if (candidate.option("columnstoreProjection")) {
        return refuse(
            server_code::bad_value, "columnstoreProjection",
            "'columnstoreProjection' is for columnstore indexes, which were never released: leave it out.");
    }
    return std::nullopt;
}

}  // namespace

Verdict check_options(const Candidate& candidate) {
    for (const auto rule : {check_index_version, check_uniqueness, check_sparse, check_storage_engine,
                            check_bucket_size, check_columnstore}) {
        if (auto verdict = rule(candidate)) return verdict;
    }
    return std::nullopt;
}

}  // namespace mim::index
