#include "http/definition/bson_json.hpp"
#include "http/definition/definition_json.hpp"
#include "http/definition/option_names.hpp"
#include "http/views/views.hpp"
#include "index/canonical/told_value.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::http {
namespace {

void write_usage(JsonWriter& json, const index::LiveIndex& live) {
    if (!live.usage) return;
    json.key("usage").begin_object().field("operations", live.usage->operations);
    json.field("since", live.usage->since).field("members", live.usage->members).end_object();
}

void write_desired(JsonWriter& json, const index::Desired& desired, const index::Canonical& canonical) {
    json.field("id", desired.id);
    write_index_fields(json, desired.spec, canonical.signature);
}

// As a user would define it, so that it can be posted as it stands.
void write_live_fields(JsonWriter& json, const index::LiveIndex& live, const index::Canonical& canonical) {
    write_index_fields(json, index::user_form(live.spec), canonical.signature);
    write_usage(json, live);
}

void write_missing(JsonWriter& json, const index::Missing& missing) {
    json.begin_object();
    write_desired(json, missing.desired, missing.canonical);
    json.end_object();
}

void write_matched(JsonWriter& json, const index::Matched& matched) {
    json.begin_object();
    write_desired(json, matched.desired, matched.canonical);
    json.field("live_name", matched.live.spec.name);
    write_usage(json, matched.live);
    json.end_object();
}

void write_redundant(JsonWriter& json, const index::Redundant& redundant) {
    json.begin_object();
    write_live_fields(json, redundant.live, redundant.canonical);
    json.end_object();
}

void write_side(JsonWriter& json, std::string_view option, const std::optional<bson::Value>& value) {
    if (!value) {
        json.null();
    } else if (const auto document = value->view().document(); option == "key" && document) {
        write_keys(json, *document);
    } else {
        write_value(json, value->view());
    }
}

void write_difference(JsonWriter& json, const index::OptionDifference& difference) {
    const std::string& option = difference.option;
    json.begin_object().field("option", option == "key" ? std::string("keys") : api_option_name(option));
    json.key("registry");
    write_side(json, option, index::told_value(difference, difference.registry));
    json.key("database");
    write_side(json, option, index::told_value(difference, difference.database));
    json.end_object();
}

void write_changed(JsonWriter& json, const index::Changed& changed) {
    json.begin_object().field("name", changed.desired.spec.name).key("keys");
    write_keys(json, changed.desired.spec.key);
    json.field("key_signature", changed.registry.signature).key("registry").begin_object();
    write_desired(json, changed.desired, changed.registry);
    json.end_object().key("database").begin_object();
    write_live_fields(json, changed.live, changed.database);
    json.end_object().key("differences").begin_array();
    for (const index::OptionDifference& difference : changed.differences) write_difference(json, difference);
    json.end_array();
    json.field("resolution", changed.resolution == index::Resolution::modify ? "modify" : "recreate")
        .end_object();
}

void write_note(JsonWriter& json, const index::Note& note) {
    json.begin_object()
        .field("code", note.code)
        .field("index", note.index)
        .field("text", note.text)
        .end_object();
}

template <class Items, class Write>
void write_list(JsonWriter& json, std::string_view name, const Items& items, Write write) {
    json.key(name).begin_array();
    for (const auto& item : items) write(json, item);
    json.end_array();
}

// [{values, count}, …]: values as Extended JSON, null when they are not shown
void write_duplicate_groups(JsonWriter& json, const std::vector<index::DuplicateGroup>& groups) {
    json.begin_array();
    for (const index::DuplicateGroup& group : groups) {
        json.begin_object().key("values");
        if (group.values) {
            write_document(json, *group.values);
        } else {
            json.null();
        }
        json.field("count", group.documents).end_object();
    }
    json.end_array();
}

void write_duplicates(JsonWriter& json, const std::optional<index::DuplicateReport>& report) {
    json.key("duplicates");
    if (!report) {
        json.null();
        return;
    }
    const bool not_checked = report->verdict == index::DuplicateReport::Verdict::not_checked;
    json.begin_object().field("status", index::to_string(report->verdict));
    json.field("reason", not_checked ? std::optional(report->reason) : std::nullopt).key("groups");
    write_duplicate_groups(json, report->groups);
    json.field("has_more", report->extent == index::DuplicateReport::Extent::some).end_object();
}

void write_operation(JsonWriter& json, const index::Operation& operation,
                     const std::optional<index::DuplicateReport>& duplicates) {
    json.begin_object().field("collection", operation.collection).field("index", operation.index);
    json.field("action", index::to_string(operation.action)).field("statement", operation.statement);
    json.field("reason", operation.reason).field("risk", index::to_string(operation.risk));
    json.field("meanwhile", operation.meanwhile);
    write_duplicates(json, duplicates);
    json.end_object();
}

}  // namespace

void write_comparison(JsonWriter& json, const index::CollectionComparison& comparison) {
    json.begin_object().field("collection", comparison.collection);
    write_list(json, "missing_indexes", comparison.missing, write_missing);
    write_list(json, "matched_indexes", comparison.matched, write_matched);
    write_list(json, "redundant_indexes", comparison.redundant, write_redundant);
    write_list(json, "changed_indexes", comparison.changed, write_changed);
    write_list(json, "notes", comparison.notes, write_note);
    json.end_object();
}

void write_plan(JsonWriter& json, const app::CheckedPlan& checked) {
    json.begin_object().key("operations").begin_array();
    for (std::size_t at = 0; at < checked.plan.operations.size(); ++at)
        write_operation(json, checked.plan.operations[at], checked.duplicates[at]);
    json.end_array().field("fingerprint", checked.plan.fingerprint).end_object();
}

}  // namespace mim::http
