#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int clustered_is_false = 6492800;
constexpr int not_a_clustered_collection = 6243700;
constexpr int no_such_collection = 6100900;

}  // namespace

// Source: mongo src/mongo/db/catalog/index_key_validate.cpp and commands/create_indexes.cpp.
Verdict check_clustered(const Candidate& candidate) {
    const auto clustered = candidate.option("clustered");
    if (!clustered) return std::nullopt;
    if (!clustered->truthy()) {
        return refuse(clustered_is_false, "clustered", "'clustered' can only be true: leave it out.");
    }
    if (!candidate.turned_on("unique")) {
        return refuse("clustered",
                      "'clustered' needs 'unique: true' beside it: add it, or leave 'clustered' out.");
    }
    const auto& collection = candidate.context.collection;
    if (collection.kind == CollectionKind::missing) {
        return refuse(no_such_collection, "clustered",
                      "A clustered collection is made when it is created: create it with 'clusteredIndex'.");
    }
    if (!collection.clustered() || !candidate.is_id_index()) {
        return refuse(
            not_a_clustered_collection, "clustered",
            "'clustered' can only repeat the index that the collection was created with: leave it out.");
    }
    return std::nullopt;
}

}  // namespace mim::index
