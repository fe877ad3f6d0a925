#include "sandbox/catalog/index_keys.hpp"

#include <algorithm>
#include <set>

#include "bson/builder.hpp"
#include "index/definition/key_type.hpp"
#include "sandbox/catalog/geometry.hpp"
#include "sandbox/query/filter.hpp"
#include "sandbox/query/order.hpp"
#include "sandbox/query/path.hpp"

namespace mim::sandbox::catalog {
namespace {

constexpr int no_geometry = 16755;
constexpr int array_beside_wildcard = 7246301;

using Value = std::optional<bson::ValueView>;

// One key field on its way down a document: `root` is where the rest of the path starts.
struct Walker {
    std::optional<bson::DocumentView> root;
    std::string_view path;
    Value value;                              // once the path is at its end
    std::optional<bson::DocumentView> array;  // met on the way: to be entered together with the other fields
    bool is_missing = false;
    bool is_empty_array = false;  // a key of its own: neither null nor the array
};

void finish(Walker& walker, const Value& value) {
    walker.root.reset();
    walker.value = value;
    walker.is_missing = !value;
}

// Goes down until the end of the path or an array.
void descend(Walker& walker) {
    while (walker.root) {
        const auto [name, rest] = query::split_path(walker.path);
        const auto found = walker.root->find(name);
        if (!found) return finish(walker, std::nullopt);
        walker.path = rest;
        if (found->type() == bson::Type::array) {
            walker.root.reset();
            walker.array = found->document();
        } else if (rest.empty()) {
            finish(walker, found);
        } else if (found->type() == bson::Type::document) {
            walker.root = found->document();
        } else {
            finish(walker, std::nullopt);
        }
    }
}

bool same_array(const bson::DocumentView& left, const bson::DocumentView& right) {
    return left.bytes().data() == right.bytes().data();
}

void enter(Walker& walker, const Value& element) {
    walker.array.reset();
    if (walker.path.empty()) {
        finish(walker, element);
        walker.is_empty_array = !element;
        walker.is_missing = false;
        return;
    }
    if (!element || element->type() != bson::Type::document) return finish(walker, std::nullopt);
    walker.root = element->document();
}

struct Expansion {
    bson::DocumentView key;
    query::Letters letters;
    std::vector<std::vector<Walker>> done;
};

Accepted expand(std::vector<Walker> walkers, Expansion& into) {
    for (auto& walker : walkers) descend(walker);
    const auto first = std::find_if(walkers.begin(), walkers.end(),
                                    [](const Walker& each) { return each.array.has_value(); });
    if (first == walkers.end()) {
        into.done.push_back(std::move(walkers));
        return {};
    }
    const bson::DocumentView array = *first->array;
    for (const auto& walker : walkers) {
        if (walker.array && !same_array(*walker.array, array))
            return refuse(server_code::cannot_index_parallel_arrays, "cannot index parallel arrays");
    }
    const auto with_element = [&](const Value& element) {
        auto copy = walkers;
        for (auto& walker : copy) {
            if (walker.array) enter(walker, element);
        }
        return expand(std::move(copy), into);
    };
    if (array.empty()) return with_element(std::nullopt);
    for (const auto element : array) MIM_CHECK(with_element(element));
    return {};
}

query::Letters letters_of(const index::Spec& spec) {
    const auto collation = spec.options.find("collation");
    return query::letters_of(collation ? collation->document() : std::nullopt);
}

bool is_sparse(const index::Spec& spec) {
    const auto sparse = spec.options.find("sparse");
    return sparse && sparse->truthy();
}

bool in_partial_filter(const index::Spec& spec, bson::DocumentView document) {
    const auto expression = spec.options.find("partialFilterExpression");
    if (!expression || !expression->document()) return true;
    const auto filter = query::Filter::parse(*expression->document());
    return !filter ||
           filter->matches(document);  // a filter with operators that this room cannot evaluate holds all
}

IndexKey key_of(const std::vector<Walker>& walkers, const Expansion& expansion) {
    IndexKey result;
    bson::Builder value;
    auto walker = walkers.begin();
    for (const auto field : expansion.key) {
        result.text +=
            (walker->is_empty_array ? "undefined" : query::key_text(walker->value, expansion.letters)) + ";";
        if (walker->value) {
            value.add(field.key(), *walker->value);
        } else {
            value.add_null(field.key());
        }
        ++walker;
    }
    result.key_value = value.take();
    return result;
}

// None of the fields may be an array; a wildcard field is no field.
Accepted check_no_array(const index::Spec& spec, bson::DocumentView document, int code, const char* why) {
    for (const auto field : spec.key) {
        const auto value = query::value_at(document, field.key());
        if (value && value->type() == bson::Type::array) return refuse(code, why);
    }
    return {};
}

Accepted check_geometries(const index::Spec& spec, bson::DocumentView document) {
    for (const auto field : spec.key) {
        if (!field.string()) continue;
        const auto value = query::value_at(document, field.key());
        if (!value || value->type() == bson::Type::null || is_geometry(*value)) continue;
        return refuse(no_geometry, "Can't extract geo keys: unknown GeoJSON type or position");
    }
    return {};
}

}  // namespace

bool enforces_unique(const index::Spec& spec) {
    if (spec.is_id_index()) return true;
    if (index::key_type(spec.key) != index::KeyType::btree) return false;
    const auto unique = spec.options.find("unique"), prepared = spec.options.find("prepareUnique");
    return (unique && unique->truthy()) || (prepared && prepared->truthy());
}

Answer<std::vector<IndexKey>> index_keys(const index::Spec& spec, bson::DocumentView document) {
    std::vector<IndexKey> keys;
    if (!in_partial_filter(spec, document)) return keys;
    std::vector<Walker> walkers;
    for (const auto field : spec.key) {
        Walker walker;
        walker.root = document;
        walker.path = field.key();
        walkers.push_back(walker);
    }
    Expansion expansion{spec.key, letters_of(spec), {}};
    MIM_CHECK(expand(std::move(walkers), expansion));
    std::set<std::string> seen;
    for (const auto& each : expansion.done) {
        const bool nothing =
            std::all_of(each.begin(), each.end(), [](const Walker& walker) { return walker.is_missing; });
        if (nothing && is_sparse(spec)) continue;
        auto key = key_of(each, expansion);
        if (seen.insert(key.text).second) keys.push_back(std::move(key));
    }
    return keys;
}

Accepted check_indexable(const index::Spec& spec, bson::DocumentView document) {
    const auto type = index::key_type(spec.key);
    if (!in_partial_filter(spec, document)) return {};
    if (type == index::KeyType::hashed)
        return check_no_array(spec, document, server_code::hashed_array,
                              "hashed indexes do not currently support array values");
    if (type == index::KeyType::wildcard)
        return check_no_array(spec, document, array_beside_wildcard,
                              "compound wildcard indexes do not support array values beside the wildcard");
    if (type == index::KeyType::sphere_2d) return check_geometries(spec, document);
    if (type != index::KeyType::btree || spec.key.size() < 2) return {};
    const auto keys = index_keys(spec, document);
    if (!keys) return keys.error();
    return {};
}

}  // namespace mim::sandbox::catalog
