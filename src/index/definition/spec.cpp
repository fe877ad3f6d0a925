#include "index/definition/spec.hpp"

#include "bson/builder.hpp"

namespace mim::index {

Spec Spec::from_document(bson::DocumentView document) {
    Spec spec;
    bson::Builder options;
    bool has_key = false, has_name = false;
    for (const auto value : document) {
        // The first of two fields of one name counts; a second one is malformed and refused by the rules.
        if (value.key() == "key" && !has_key) {
            has_key = true;
            if (const auto key = value.document(); key && value.type() == bson::Type::document) {
                spec.key = bson::Document(*key);
            }
        } else if (value.key() == "name" && !has_name) {
            has_name = true;
            if (const auto name = value.string()) spec.name = *name;
        } else {
            options.add(value.key(), value);
        }
    }
    spec.options = options.take();
    return spec;
}

bson::Document Spec::to_document() const {
    return bson::Builder().add("key", key).add("name", name).add_all(options).take();
}

bool Spec::is_id_index() const {
    auto at = key.begin();
    if (at == key.end()) return false;
    const auto first = *at;
    if (first.key() != "_id" || ++at != key.end()) return false;
    const auto direction = first.integer();
    return direction && (*direction == 1 || *direction == -1);
}

}  // namespace mim::index
