// The smallest database that answers the index commands of the golden vectors from the rules under test: no
// documents, no wire, no dropIndexes. What it cannot answer it says, so that the vector counts as skipped.
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
    // Whether such an outcome may come of the documents, which are not here.
    [[nodiscard]] bool judged_by_documents(bson::DocumentView expected) const;
    [[nodiscard]] std::vector<bson::Document> list_indexes(const std::string& collection) const;

  private:
    struct Collection {
        CollectionTraits traits;
        std::vector<Spec> indexes;
    };

    Outcome create(bson::DocumentView step);
    Outcome create_indexes(bson::DocumentView step);
    Outcome modify_index(bson::DocumentView step);
    Outcome insert(bson::DocumentView step);
    Outcome drop(bson::DocumentView step);
    Collection& implicitly_created(const std::string& name);
    void add_automatic_index(Collection& collection) const;
    [[nodiscard]] RuleContext context_of(const std::string& name) const;

    ServerVersion version_;
    bool had_documents_ = false;
    std::map<std::string, Collection> collections_;
};

}  // namespace mim::index::testing
