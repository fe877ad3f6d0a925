// What one createIndexes command asks for.
#pragma once

#include <string>
#include <vector>

#include "index/definition/spec.hpp"

namespace mim::target {

struct BuildRequest {
    std::string collection;
    std::vector<index::Spec> specs;
};

}  // namespace mim::target
