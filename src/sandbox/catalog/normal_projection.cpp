#include "sandbox/catalog/normal_projection.hpp"

#include <map>
#include <string>

#include "bson/builder.hpp"
#include "sandbox/query/path.hpp"

namespace mim::sandbox::catalog {
namespace {

struct Node {
    std::map<std::string, Node> fields;  // empty at the end of a path
    bool included = false;
};

Node& node_at(Node& from, std::string_view path) {
    const auto [name, rest] = query::split_path(path);
    auto& child = from.fields[std::string(name)];
    return rest.empty() ? child : node_at(child, rest);
}

void read_into(Node& node, bson::DocumentView projection) {
    for (const auto value : projection) {
        auto& child = node_at(node, value.key());
        if (const auto inside = value.document()) {
            read_into(child, *inside);
        } else {
            child.included = value.truthy();
        }
    }
}

bson::Document written(const Node& node) {
    bson::Builder result;
    for (const auto& [name, child] : node.fields) {
        if (child.fields.empty()) {
            result.add(name, child.included);
        } else {
            result.add(name, written(child));
        }
    }
    return result.take();
}

}  // namespace

bson::Document normal_projection(bson::DocumentView projection) {
    Node root;
    root.fields["_id"] = {};
    read_into(root, projection);
    return written(root);
}

}  // namespace mim::sandbox::catalog
