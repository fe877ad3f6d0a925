#include "any_sets.hpp"

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/definition/stored_form.hpp"
#include "world.hpp"

namespace mim::index::testing {
namespace {

const std::vector<std::string> keys{
    R"({"a": 1})",          R"({"a": -1})",
    R"({"a": 1, "b": 1})",  R"({"a": -1, "b": -1})",
    R"({"b": 1, "1": -1})", R"({"c": {"$numberDouble": "1.0"}})",
    R"({"a": "text"})",     R"({"a": 1, "t": "text"})",
    R"({"h": "hashed"})",   R"({"g": "2dsphere"})",
    R"({"l": "2d"})",       R"({"$**": 1})",
};

const std::vector<std::string> options{
    R"({"unique": true})",
    R"({"unique": false})",
    R"({"sparse": true})",
    R"({"hidden": true})",
    R"({"expireAfterSeconds": 60})",
    R"({"expireAfterSeconds": {"$numberLong": "3600"}})",
    R"({"prepareUnique": true})",
    R"({"partialFilterExpression": {"x": {"$gt": 1}}})",
    R"({"partialFilterExpression": {"x": {"$gt": 1}, "y": {"$exists": true}}})",
    R"({"collation": {"locale": "de"}})",
    R"({"collation": {"locale": "de", "strength": 1}})",
    R"({"collation": {"locale": "simple"}})",
    R"({"weights": {"a": 5}})",
    R"({"default_language": "german"})",
    R"({"bits": 20})",
    R"({"wildcardProjection": {"a": 1}})",
    R"({"storageEngine": {"wiredTiger": {}}})",
};

bson::Document document(const std::string& json) {
    return bson::parse_json(json).value();
}

bool takes(std::vector<Spec>& stored, const Spec& spec, const RuleContext& context) {
    if (check(spec, context)) return false;
    const Spec form = stored_form(spec, context);
    if (accept(stored, form, context).kind != Acceptance::Kind::creates) return false;
    stored.push_back(form);
    return true;
}

}  // namespace

Spec AnySets::spec() {
    bson::Builder chosen;
    for (std::size_t left = below(3); left > 0; --left) {
        const bson::Document option = document(one_of(options));
        const bson::ValueView value = *option.begin();
        chosen.add(value.key(), value);
    }
    Spec result;
    result.name = "n" + std::to_string(below(7));
    result.key = document(one_of(keys));
    result.options = chosen.take();
    return result;
}

std::vector<Spec> AnySets::next(const RuleContext& context, std::size_t attempts, std::size_t fillers) {
    std::vector<Spec> stored{id_index().spec}, result;
    const auto add = [&](const Spec& candidate) {
        if (takes(stored, candidate, context)) result.push_back(candidate);
    };
    for (std::size_t left = attempts; left > 0; --left) add(spec());
    for (std::size_t at = 0; at < fillers; ++at) {
        const std::string field = "f" + std::to_string(at);
        add(spec_of(R"({"name": ")" + field + R"(", "key": {")" + field + R"(": 1}})"));
    }
    return result;
}

}  // namespace mim::index::testing
