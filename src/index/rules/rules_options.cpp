#include <cstdint>
#include <limits>

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
    if (value && value->document()->empty()) {
        return refuse("storageEngine",
                      "'storageEngine' is empty: name an engine and its options, or leave it out.");
    }
    return std::nullopt;
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
    for (const auto rule :
         {check_index_version, check_uniqueness, check_sparse, check_storage_engine, check_columnstore}) {
        if (auto verdict = rule(candidate)) return verdict;
    }
    return std::nullopt;
}

}  // namespace mim::index
