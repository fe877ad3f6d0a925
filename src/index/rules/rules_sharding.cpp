#include "index/definition/canonical_value.hpp"
#include "index/definition/shard_key.hpp"
#include "index/rules/candidate.hpp"
#include "index/rules/modification.hpp"

namespace mim::index {
namespace {

std::string shard_key_words(const bson::Document& shard_key) {
    std::string text;
    append_key(text, shard_key);
    return "The collection is sharded by " + text +
           ", and MongoDB can keep an index unique only within a shard: begin the key with these fields, or "
           "leave it not unique.";
}

bool breaks_uniqueness(bson::DocumentView key, const CollectionTraits& collection) {
    return collection.shard_key && !may_be_unique_across_shards(key, *collection.shard_key);
}

}  // namespace

Verdict check_sharding(const Candidate& candidate) {
    for (const auto option : {"unique", "prepareUnique"}) {
        if (candidate.turned_on(option) && breaks_uniqueness(candidate.key, candidate.context.collection))
            return refuse(option, shard_key_words(*candidate.context.collection.shard_key));
    }
    return std::nullopt;
}

Verdict check_unique_in_shards(const Spec& spec, const RuleContext& context) {
    if (!breaks_uniqueness(spec.key, context.collection)) return std::nullopt;
    return invalid_options("prepareUnique", shard_key_words(*context.collection.shard_key));
}

}  // namespace mim::index
