#include <algorithm>

#include "index/definition/canonical_value.hpp"
#include "index/definition/projection.hpp"

namespace mim::index {
namespace {

void flatten_into(bson::DocumentView projection, const std::string& prefix,
                  std::vector<ProjectedPath>& paths) {
    for (const auto value : projection) {
        std::string path = prefix + std::string(value.key());
        if (value.type() == bson::Type::document && !value.document()->empty()) {
            flatten_into(*value.document(), path + ".", paths);
            continue;
        }
        const bool readable = value.is_number() || value.boolean().has_value();
        paths.push_back({std::move(path), value.truthy(), readable});
    }
}

void append_path(std::string& text, const std::string& path, std::string_view value) {
    if (text.size() > 1) text += ',';
    append_quoted(text, path);
    text.append(":").append(value);
}

}  // namespace

std::vector<ProjectedPath> flatten_projection(bson::DocumentView projection) {
    std::vector<ProjectedPath> paths;
    flatten_into(projection, "", paths);
    return paths;
}

std::string projection_text(bson::DocumentView projection) {
    auto paths = flatten_projection(projection);
    std::string text;
    const bool readable =
        std::all_of(paths.begin(), paths.end(), [](const auto& path) { return path.readable; });
    if (!readable) {
        append_document(text, projection);
        return text;
    }
    std::sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    text = "{";
    bool only_id = true;
    for (const auto& path : paths) {
        only_id = only_id && path.path == "_id";
        if (path.path != "_id" || path.included) append_path(text, path.path, path.included ? "1" : "0");
    }
    // {_id: 0} alone leaves out _id and nothing else, which no other projection says.
    if (text.size() == 1 && only_id && !paths.empty()) append_path(text, "_id", "0");
    text += '}';
    return text;
}

}  // namespace mim::index
