// What index commands really changed, and how often one found that there was nothing to do: so that a test
// can tell whether an operation was carried out once. Touched on the sandbox's thread only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bson/document.hpp"
#include "index/definition/spec.hpp"

namespace mim::sandbox {

class IndexHistory {
  public:
    void built(const std::string& collection, const std::vector<index::Spec>& specs);
    void dropped(const std::string& collection, const std::string& index);
    // An index that was there already, or was gone already.
    void repeated(const std::string& collection, std::int64_t count);
    // {built: {name: times}, dropped: {name: times}, repeated: count} of one collection, by its full name.
    [[nodiscard]] bson::Document of(const std::string& collection) const;

  private:
    using Times = std::map<std::string, std::int64_t>;  // by index name
    struct Story {
        Times built;
        Times dropped;
        std::int64_t repeated = 0;
    };
    std::map<std::string, Story> stories_;  // by the collection's full name
};

}  // namespace mim::sandbox
