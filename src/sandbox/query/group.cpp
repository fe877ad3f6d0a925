#include "sandbox/query/group.hpp"

#include <map>
#include <set>
#include <unordered_map>

#include "bson/builder.hpp"
#include "sandbox/query/expression.hpp"

namespace mim::sandbox::query {
namespace {

struct Accumulator {
    std::string operation;
    std::int64_t whole = 0;
    double fraction = 0;
    bool is_whole = true;
    std::optional<bson::Value> one;
    std::vector<bson::Value> many;
    std::set<std::string> seen;
    bool started = false;
};

using Maybe = std::optional<bson::Value>;

void add_number(Accumulator& into, const Maybe& value) {
    if (!value || !value->view().is_number()) return;
    const auto whole = value->view().integer();
    const bool is_double = value->view().type() == bson::Type::double_;
    std::int64_t sum = 0;
    if (whole && !is_double && into.is_whole && !__builtin_add_overflow(into.whole, *whole, &sum)) {
        into.whole = sum;
        return;
    }
    if (into.is_whole) into.fraction = static_cast<double>(into.whole);
    into.is_whole = false;
    into.fraction += value->view().number().value_or(0);
}

void keep_extreme(Accumulator& into, const Maybe& value, int wanted_sign) {
    if (!value) return;
    if (into.one && compare(value->view(), into.one->view()) * wanted_sign <= 0) return;
    into.one = value;
}

void feed(Accumulator& into, const Maybe& value) {
    const auto& name = into.operation;
    if (name == "$sum") add_number(into, value);
    if (name == "$count") add_number(into, bson::Value::int32(1));
    if (name == "$first" && !into.started) into.one = value;
    if (name == "$last") into.one = value;
    if (name == "$min") keep_extreme(into, value, -1);
    if (name == "$max") keep_extreme(into, value, 1);
    if (name == "$push" && value) into.many.push_back(*value);
    if (name == "$addToSet" && value && into.seen.insert(key_text(value->view())).second)
        into.many.push_back(*value);
    into.started = true;
}

void write(bson::Builder& into, std::string_view field, const Accumulator& from) {
    const auto& name = from.operation;
    if (name == "$sum" || name == "$count") {
        if (!from.is_whole) {
            into.add(field, from.fraction);
        } else if (from.whole >= INT32_MIN && from.whole <= INT32_MAX) {
            into.add(field, static_cast<std::int32_t>(from.whole));
        } else {
            into.add(field, from.whole);
        }
    } else if (name == "$push" || name == "$addToSet") {
        bson::Array values;
        for (const auto& value : from.many) values.add(value);
        into.add_array(field, values.take());
    } else if (from.one) {
        into.add(field, *from.one);
    } else {
        into.add_null(field);
    }
}

struct Group {
    bson::Value id;
    std::map<std::string, Accumulator> accumulators;
};

bool is_accumulator(std::string_view name) {
    static const std::set<std::string_view> known{"$sum", "$count", "$first", "$last",
                                                  "$min", "$max",   "$push",  "$addToSet"};
    return known.contains(name);
}

Accepted check(bson::DocumentView specification) {
    if (!specification.contains("_id")) return refuse(15955, "a group specification must include an _id");
    for (const auto field : specification) {
        if (field.key() == "_id") continue;
        const auto inside = field.type() == bson::Type::document ? field.document() : std::nullopt;
        if (!inside || inside->size() != 1)
            return refuse(40234,
                          "The field '" + std::string(field.key()) + "' must be an accumulator object");
        const auto name = (*inside->begin()).key();
        if (!is_accumulator(name)) return refuse(15952, "unknown group operator '" + std::string(name) + "'");
    }
    return {};
}

bool is_one_field(const bson::ValueView& expression) {
    if (expression.type() != bson::Type::document || expression.document()->size() != 1) return false;
    return !(*expression.document()->begin()).key().starts_with('$');
}

// As MongoDB: what is missing counts as null where the groups go by one value, be it a document's only field;
// among several fields it is left out, and so stays apart from null.
Answer<bson::Value> id_of(const bson::ValueView& expression, bson::DocumentView document, Letters letters) {
    MIM_TRY(id, evaluate(expression, document, letters));
    if (!id) return bson::Value::null();
    const auto fields = id->view().document();
    if (!is_one_field(expression) || !fields || !fields->empty()) return *id;
    return bson::Value::document(bson::Builder().add_null((*expression.document()->begin()).key()).take());
}

Accepted feed_group(Group& group, bson::DocumentView specification, bson::DocumentView document) {
    for (const auto field : specification) {
        if (field.key() == "_id") continue;
        const auto inside = *field.document();
        const auto call = *inside.begin();
        auto& accumulator = group.accumulators[std::string(field.key())];
        accumulator.operation = std::string(call.key());
        MIM_TRY(value, evaluate(call, document));
        feed(accumulator, value);
    }
    return {};
}

bson::Document written(const Group& group, bson::DocumentView specification) {
    bson::Builder result;
    result.add("_id", group.id);
    for (const auto field : specification) {
        if (field.key() != "_id") write(result, field.key(), group.accumulators.at(std::string(field.key())));
    }
    return result.take();
}

}  // namespace

Answer<std::vector<bson::Document>> group(const std::vector<bson::Document>& documents,
                                          bson::DocumentView specification, Letters letters) {
    MIM_CHECK(check(specification));
    const auto id_expression = *specification.find("_id");
    std::unordered_map<std::string, std::size_t> position;
    std::vector<Group> groups;
    for (const auto& document : documents) {
        MIM_TRY(id, id_of(id_expression, document, letters));
        const auto [at, is_new] = position.try_emplace(key_text(id.view(), letters), groups.size());
        if (is_new) groups.push_back({id, {}});
        MIM_CHECK(feed_group(groups[at->second], specification, document));
    }
    std::vector<bson::Document> result;
    for (const auto& each : groups) result.push_back(written(each, specification));
    return result;
}

}  // namespace mim::sandbox::query
