#include "sandbox/query/project.hpp"

#include <algorithm>

#include "bson/builder.hpp"
#include "sandbox/query/expression.hpp"
#include "sandbox/query/path.hpp"

namespace mim::sandbox::query {
namespace {

enum class Way { include, exclude };

bool is_switch(const bson::ValueView& value) {
    return value.is_number() || value.type() == bson::Type::boolean;
}

Answer<Way> way_of(bson::DocumentView projection, ProjectionKind kind) {
    bool includes = false, excludes = false, only_id = true;
    for (const auto field : projection) {
        if (field.key().find('.') != std::string_view::npos)
            return refuse(server_code::not_implemented, "the sandbox does not project dotted fields");
        if (kind == ProjectionKind::find && !is_switch(field))
            return refuse(server_code::not_implemented, "the sandbox projects only with 0 and 1");
        if (field.key() == "_id") continue;
        only_id = false;
        (field.truthy() ? includes : excludes) = true;
    }
    if (includes && excludes) return refuse(31254, "Cannot do exclusion in inclusion projection");
    const auto id = projection.find("_id");
    if (only_id) return id && id->truthy() ? Way::include : Way::exclude;
    return includes ? Way::include : Way::exclude;
}

bson::Document exclude(bson::DocumentView document, bson::DocumentView projection) {
    bson::Builder result;
    for (const auto field : document) {
        if (!projection.contains(field.key()) || projection.find(field.key())->truthy())
            result.add(field.key(), field);
    }
    return result.take();
}

Answer<bson::Document> include(bson::DocumentView document, bson::DocumentView projection, Letters letters) {
    bson::Builder result;
    const auto id = projection.find("_id");
    if (!id || (is_switch(*id) && id->truthy())) {
        if (const auto own = document.find("_id")) result.add("_id", *own);
    }
    for (const auto field : document) {
        const auto wanted = projection.find(field.key());
        if (field.key() != "_id" && wanted && is_switch(*wanted)) result.add(field.key(), field);
    }
    for (const auto field : projection) {
        if (is_switch(field)) continue;
        MIM_TRY(value, evaluate(field, document, letters));
        if (value) result.add(field.key(), *value);
    }
    return result.take();
}

struct SortKey {
    std::string path;
    int direction = 1;
};

Answer<std::vector<SortKey>> sort_keys(bson::DocumentView order) {
    std::vector<SortKey> keys;
    for (const auto field : order) {
        const auto direction = field.integer();
        if (direction != 1 && direction != -1)
            return refuse(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
        keys.push_back({std::string(field.key()), static_cast<int>(*direction)});
    }
    return keys;
}

}  // namespace

Answer<std::vector<bson::Document>> project(std::vector<bson::Document> documents,
                                            bson::DocumentView projection, ProjectionKind kind,
                                            Letters letters) {
    if (projection.empty()) return documents;
    MIM_TRY(way, way_of(projection, kind));
    for (auto& document : documents) {
        if (way == Way::exclude) {
            document = exclude(document, projection);
        } else {
            MIM_TRY(included, include(document, projection, letters));
            document = std::move(included);
        }
    }
    return documents;
}

Answer<std::vector<bson::Document>> sort(std::vector<bson::Document> documents, bson::DocumentView order) {
    MIM_TRY(keys, sort_keys(order));
    std::stable_sort(documents.begin(), documents.end(),
                     [&](const bson::Document& left, const bson::Document& right) {
                         for (const auto& key : keys) {
                             const int by_key =
                                 compare(value_at(left, key.path), value_at(right, key.path)) * key.direction;
                             if (by_key != 0) return by_key < 0;
                         }
                         return false;
                     });
    return documents;
}

}  // namespace mim::sandbox::query
