#include "index/definition/collation.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

bool allowed(std::string_view field, const Candidate& candidate) {
    if (field == "unique" || field == "clustered") return candidate.turned_on("clustered");
    return field == "key" || field == "name" || field == "v" || field == "ns" || field == "collation";
}

}  // namespace

// Source: mongo src/mongo/db/catalog/index_key_validate.cpp (validateIdIndexSpec).
Verdict check_id_index(const Candidate& candidate) {
    if (!candidate.is_id_index()) return std::nullopt;
    if (*(*candidate.key.begin()).integer() == -1) {
        return refuse(server_code::bad_value, "key._id",
                      "The _id index is always ascending: it exists already as {_id: 1}.");
    }
    for (const auto value : candidate.document) {
        if (allowed(value.key(), candidate)) continue;
        return refuse(server_code::invalid_index_specification_option, std::string(value.key()),
                      "The _id index takes no option " + in_quotes(value.key()) +
                          ": it is unique by itself; leave the option out.");
    }
    const auto collation = candidate.option("collation");
    if (!collation) return std::nullopt;
    const auto wanted = written_collation(*collation->document());
    const auto inherited = candidate.context.collection.default_collation();
    if (collation_text(wanted) != collation_text(inherited ? written_collation(*inherited) : std::nullopt)) {
        return refuse(server_code::bad_value, "collation",
                      "The _id index has the collation of its collection: leave 'collation' out.");
    }
    return std::nullopt;
}

}  // namespace mim::index
