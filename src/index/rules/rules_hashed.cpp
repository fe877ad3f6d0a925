#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int compound_before_4_4 = 16763;
constexpr int unique_hashed = 16764;
constexpr int two_hashed_fields = 31303;

}  // namespace

// Source: mongo src/mongo/db/index/expression_params.cpp and hash_access_method.cpp.
Verdict check_hashed(const Candidate& candidate) {
    if (candidate.type != KeyType::hashed) return std::nullopt;
    if (candidate.turned_on("unique")) {
        return refuse(unique_hashed, "unique",
                      "A hashed index cannot be unique: put a unique ascending index beside it.");
    }
    if (!candidate.since(version_4_4) && candidate.key.size() > 1) {
        return refuse(compound_before_4_4, "key",
                      "Compound hashed indexes exist from MongoDB 4.4 on: index the one field.");
    }
    std::size_t hashed = 0;
    for (const auto field : candidate.key) {
        if (!field.string() || ++hashed < 2) continue;
        return refuse(two_hashed_fields, "key." + std::string(field.key()),
                      "An index has at most one hashed field: make the others 1 or -1.");
    }
    return std::nullopt;
}

}  // namespace mim::index
