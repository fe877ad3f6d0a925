#include "index/definition/server_release.hpp"

#include <algorithm>

namespace mim::index {

ServerVersion ServerRelease::rules() const {
    return std::min(binary, feature_version.value_or(binary));
}

std::string ServerRelease::text() const {
    std::string text = "MongoDB " + binary.text();
    if (feature_version && *feature_version != binary)
        text += " with feature compatibility version " + feature_version->text();
    return text;
}

}  // namespace mim::index
