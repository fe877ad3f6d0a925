// The smallest database that answers the index commands of the golden vectors from the rules under test: no
// data, no wire, no dropIndexes. What it cannot answer it says, so that the vector counts as skipped.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "index/rules/rules.hpp"

namespace mim::index::testing {

struct Outcome {
    std::string not_supported;  // set when the step is the sandbox's business
    std::optional<Rejection> error;
    bson::Document reply;
};

class MemoryDatabase {
  public:
    explicit MemoryDatabase(ServerVersion version) : version_(version) {}

    [[nodiscard]] Outcome run(bson::DocumentView step);
    [[nodiscard]] std::vector<bson::Document> list_indexes(const std::string& collection) const;

  private:
    struct Collection {
        CollectionTraits traits;
        std::vector<Spec> indexes;
    };

    Outcome create(bson::DocumentView step);
    Outcome create_indexes(bson::DocumentView step);
    Outcome modify_index(bson::DocumentView step);
    Collection& implicitly_created(const std::string& name);
    void add_automatic_index(Collection& collection) const;
    [[nodiscard]] RuleContext context_of(const std::string& name) const;

    ServerVersion version_;
    std::map<std::string, Collection> collections_;
};

}  // namespace mim::index::testing
