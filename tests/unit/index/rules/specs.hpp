// Short ways to write specs in tests.
#pragma once

#include <string>
#include <string_view>

#include "bson/json.hpp"
#include "index/rules/rules.hpp"

namespace mim::index::testing {

inline bson::Document document(std::string_view json) {
    return bson::parse_json(json).value();
}

// {"key": …, "name": …} as Extended JSON; without a name it gets the default one.
inline Spec spec_of(std::string_view json) {
    auto spec = Spec::from_document(document(json));
    if (spec.name.empty()) spec.name = default_name(spec.key);
    return spec;
}

inline RuleContext at_version(int major, int minor) {
    return {{major, minor}, {}};
}

inline RuleContext with_collection(CollectionKind kind, std::string_view options) {
    return {{7, 0}, {kind, document(options)}};
}

}  // namespace mim::index::testing
