// createIndexes up to the decision: which specifications the command asks for, judged one by one and against
// what the collection holds. Every rule is the domain's.
#pragma once

#include <vector>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {

struct IndexRequest {
    catalog::Name collection;
    std::vector<index::Spec> wanted;  // stored form, in order
    std::optional<bson::Value> commit_quorum = {};
};

// Arguments, namespace and each specification alone. The whole command fails with the first that is refused.
[[nodiscard]] Answer<IndexRequest> read_index_request(Instance& instance, const Request& request);

struct IndexDecision {
    std::vector<index::Spec> fresh;  // to be built
    std::size_t already_there = 0;
    std::optional<std::string> unfinished;  // the name of a wanted index that another command is building
};

// Against the collection's indexes (a missing collection has but the `_id_` it would be created with).
[[nodiscard]] Answer<IndexDecision> decide(Instance& instance, const IndexRequest& request);

}  // namespace mim::sandbox::commands
