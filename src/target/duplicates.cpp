#include "target/duplicates.hpp"

#include <algorithm>
#include <set>

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::target {
namespace {

bson::Document pair(std::string_view name, const auto& value) {
    return bson::Builder().add(name, value).take();
}

bson::Document array_of(std::string_view name, bson::Array items) {
    return bson::Builder().add_array(name, items.take()).take();
}

// Names of our own, because a field's own may hold dots.
std::string slot(std::size_t position) {
    return "k" + std::to_string(position);
}

// "a.b.c" lies below a and a.b.
std::set<std::string> paths_above(bson::DocumentView key) {
    std::set<std::string> above;
    for (const bson::ValueView field : key) {
        const std::string_view path = field.key();
        for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1))
            above.emplace(path.substr(0, dot));
    }
    return above;
}

std::optional<bson::Document> arrays_above(bson::DocumentView key, std::string_view operation) {
    bson::Array holds_array;
    for (const std::string& path : paths_above(key)) holds_array.add(pair(path, pair("$type", "array")));
    if (holds_array.size() == 0) return std::nullopt;
    return array_of(operation, std::move(holds_array));
}

// The documents that have a key in the index, as conditions that must all hold.
bson::Array indexed_documents(const index::Spec& spec) {
    bson::Array conditions;
    if (const auto filter = spec.options.find("partialFilterExpression"); filter && filter->document())
        conditions.add(*filter->document());
    if (const auto sparse = spec.options.find("sparse"); sparse && sparse->truthy()) {
        bson::Array there;
        for (const bson::ValueView field : spec.key) there.add(pair(field.key(), pair("$exists", true)));
        conditions.add(array_of("$or", std::move(there)));
    }
    return conditions;
}

// {$cond: [{$isArray: "$f"}, {$setUnion: "$f"}, {$ifNull: ["$f", null]}]}: each element once, so that one
// document is never its own duplicate.
bson::Document key_value(std::string_view field) {
    const std::string path = "$" + std::string(field);
    const bson::Document or_null =
        bson::Builder().add_array("$ifNull", bson::Builder().add("0", path).add_null("1").take()).take();
    bson::Array choice;
    choice.add(array_of("$isArray", std::move(bson::Array().add(path))));
    choice.add(array_of("$setUnion", std::move(bson::Array().add(path))));
    choice.add(or_null);
    return array_of("$cond", std::move(choice));
}

void add_key_stages(bson::Array& pipeline, bson::DocumentView key) {
    bson::Builder values, group;
    // A group that goes by one field alone takes a missing value (an empty array, unwound) for null: a second
    // field keeps them apart, as the index does.
    group.add("apart", pair("$literal", 0));
    std::vector<bson::Document> unwinds;
    values.add("_id", 0);
    std::size_t position = 0;
    for (const bson::ValueView field : key) {
        const std::string name = slot(position++);
        values.add(name, key_value(field.key()));
        group.add(name, "$" + name);
        const bson::Document unwind =
            bson::Builder().add("path", "$" + name).add("preserveNullAndEmptyArrays", true).take();
        unwinds.push_back(pair("$unwind", unwind));
    }
    pipeline.add(pair("$project", values.take()));
    for (const bson::Document& unwind : unwinds) pipeline.add(unwind);
    const bson::Document counted = bson::Builder().add("_id", group.take()).add("n", pair("$sum", 1)).take();
    pipeline.add(pair("$group", counted));
}

// The collation of the index; without one the aggregation inherits the collection's, as the index does.
void add_collation(bson::Builder& command, const index::Spec& spec) {
    const auto collation = spec.options.find("collation");
    if (collation && collation->document()) {
        command.add("collation", bson::without(*collation->document(), {"version"}));
    } else if (spec.options.contains("v")) {
        // From a catalog, where no collation means the simple one.
        command.add("collation", pair("locale", "simple"));
    }
}

bson::Document aggregation(const std::string& collection, bson::Array pipeline, const index::Spec& spec) {
    bson::Builder command;
    command.add("aggregate", collection).add_array("pipeline", pipeline.take());
    command.add("cursor", bson::Document()).add("allowDiskUse", true);
    add_collation(command, index::sent_form(spec));
    return command.take();
}

void add_match(bson::Array& pipeline, bson::Array conditions) {
    if (conditions.size() > 0) pipeline.add(pair("$match", array_of("$and", std::move(conditions))));
}

std::optional<bson::Document> values_of(bson::DocumentView group, bson::DocumentView key) {
    const auto id = group.find("_id");
    const auto slots = id ? id->document() : std::nullopt;
    if (!slots || slots->bytes().size() > most_duplicate_bytes) return std::nullopt;
    bson::Builder values;
    std::size_t position = 0;
    for (const bson::ValueView field : key) {
        const auto value = slots->find(slot(position++));
        if (value) {
            values.add(field.key(), *value);
        } else {
            values.add_array(field.key(), bson::Document());  // only an empty array is unwound to nothing
        }
    }
    return values.take();
}

}  // namespace

bson::Document duplicates_command(const std::string& collection, const index::Spec& spec) {
    bson::Array pipeline;
    bson::Array conditions = indexed_documents(spec);
    if (const auto left_out = arrays_above(spec.key, "$nor")) conditions.add(*left_out);
    add_match(pipeline, std::move(conditions));
    add_key_stages(pipeline, spec.key);
    pipeline.add(pair("$match", pair("n", pair("$gt", 1))));
    pipeline.add(pair("$limit", static_cast<std::int32_t>(most_duplicate_groups + 1)));
    return aggregation(collection, std::move(pipeline), spec);
}

std::optional<bson::Document> arrays_command(const std::string& collection, const index::Spec& spec) {
    const auto left_out = arrays_above(spec.key, "$or");
    if (!left_out) return std::nullopt;
    bson::Array pipeline;
    bson::Array conditions = indexed_documents(spec);
    conditions.add(*left_out);
    add_match(pipeline, std::move(conditions));
    pipeline.add(pair("$limit", 1));
    pipeline.add(pair("$project", pair("_id", 1)));
    return aggregation(collection, std::move(pipeline), spec);
}

index::DuplicateReport report_of(const std::vector<bson::Document>& groups, const index::Spec& spec) {
    index::DuplicateReport report;
    if (groups.empty()) return report;
    report.verdict = index::DuplicateReport::Verdict::found;
    for (const bson::Document& group : groups) {
        if (report.groups.size() == most_duplicate_groups) {
            report.extent = index::DuplicateReport::Extent::some;
            break;
        }
        const auto count = group.find("n");
        report.groups.push_back(
            {values_of(group, spec.key), count ? count->integer().value_or(2) : std::int64_t{2}});
    }
    return report;
}

Result<index::DuplicateReport> find_duplicates(const Place& place, const std::string& collection,
                                               const index::Spec& spec, Deadline deadline) {
    if (const auto reason = index::why_duplicates_cannot_be_told(spec)) return index::not_checked(*reason);
    MIM_TRY(client, place.connection->quick(deadline));
    MIM_TRY(groups, client.drain({place.database, duplicates_command(collection, spec)}, deadline));
    if (!groups.empty()) return report_of(groups, spec);
    const auto arrays = arrays_command(collection, spec);
    if (!arrays) return index::DuplicateReport{};
    MIM_TRY(left_out, client.drain({place.database, *arrays}, deadline));
    if (left_out.empty()) return index::DuplicateReport{};
    return index::not_checked(
        "documents hold an array on the way to a key field: how its elements combine is known to MongoDB "
        "alone");
}

}  // namespace mim::target
