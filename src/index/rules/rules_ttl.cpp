#include <cmath>
#include <cstdint>
#include <limits>

#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr std::string_view ttl_option = "expireAfterSeconds";

// MongoDB 5.0 cuts the fraction off before it judges: what lies between -1 and 0 is 0 to it.
double judged_seconds(double seconds, const Candidate& candidate) {
    const bool is_5_0 = candidate.since(version_5_0) && !candidate.since(version_5_1);
    return is_5_0 ? std::trunc(seconds) : seconds;
}

// Before 7.0 a NaN was stored as it came.
Verdict check_seconds(const bson::ValueView& value, const Candidate& candidate) {
    const auto seconds = value.number();
    if (!seconds) return refuse(std::string(ttl_option), "'expireAfterSeconds' must be a number of seconds.");
    if (std::isnan(*seconds) && !candidate.since(version_7_0)) return std::nullopt;
    if (std::isnan(*seconds))
        return refuse(std::string(ttl_option), "'expireAfterSeconds' cannot be NaN: give seconds.");
    const double judged = judged_seconds(*seconds, candidate);
    if (judged < 0 || judged > std::numeric_limits<std::int32_t>::max()) {
        return refuse(std::string(ttl_option), "'expireAfterSeconds' must be from 0 to 2147483647.");
    }
    return std::nullopt;
}

}  // namespace

// Source: mongo src/mongo/db/catalog/index_key_validate.cpp. The stored pair `_fts`, `_ftsx` is two fields
// there, though a text index on one field may expire documents. Wildcard and _id indexes refuse TTL by their
// own rules.
Verdict check_ttl(const Candidate& candidate) {
    const auto value = candidate.option(ttl_option);
    if (!value) return std::nullopt;
    if (auto verdict = check_seconds(*value, candidate)) return verdict;
    if (candidate.key.size() > 1) {
        return refuse(std::string(ttl_option),
                      "Only an index on one field can expire documents: index the date field alone.");
    }
    constexpr ServerVersion strict_since{5, 2}, strict_until{7, 1};
    const bool strict = candidate.since(strict_since) && !candidate.since(strict_until);
    if (candidate.context.collection.capped() && strict) {
        return refuse(std::string(ttl_option),
                      "A capped collection cannot expire documents: leave 'expireAfterSeconds' out.");
    }
    return std::nullopt;
}

}  // namespace mim::index
