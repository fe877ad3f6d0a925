// collMod: an index in place (the domain judges and applies), and the collection's own options.
#include <array>

#include "bson/builder.hpp"
#include "index/rules/in_place.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

using catalog::Collection;

bool asks(bson::DocumentView argument, const char* field) {
    const auto value = argument.find(field);
    return value && value->truthy();
}

// Making an index unique in place needs documents without duplicates. Source: semantics section 6.
Accepted check_unique(const Collection& collection, const index::Spec& spec) {
    MIM_TRY(duplicates, collection.duplicates(spec));
    if (duplicates.empty()) return {};
    bson::Array violations;
    for (const auto& duplicate : duplicates) {
        bson::Array ids;
        for (const auto position : duplicate.positions) {
            if (const auto id = collection.documents()[position].find("_id")) ids.add(*id);
        }
        violations.add(bson::Builder().add_array("ids", ids.take()).take());
    }
    Refusal refusal =
        refuse(server_code::cannot_convert_index_to_unique,
               "Cannot convert the index to unique. Please resolve conflicting documents before running "
               "collMod again.");
    refusal.details = bson::Builder().add_array("violations", violations.take()).take();
    return refusal;
}

// The binary knows the words, and refuses them until its feature compatibility version is raised.
Accepted check_unique_is_enabled(const Instance& instance, bson::DocumentView argument) {
    const bool lags =
        instance.settings.version >= index::version_6_0 && instance.catalog.version() < index::version_6_0;
    if (!lags || !(argument.contains("prepareUnique") || argument.contains("unique"))) return {};
    return refuse(
        server_code::invalid_options,
        "collMod does not support 'prepareUnique' and 'unique' with feature compatibility version " +
            instance.catalog.version().text());
}

Reply modify_index(Instance& instance, const catalog::Name& name, Collection& collection,
                   bson::DocumentView argument, const Arguments& arguments) {
    MIM_CHECK(check_unique_is_enabled(instance, argument));
    const auto outcome = index::modify(collection.specs(), argument, instance.catalog.rules_for(name));
    if (outcome.rejection) return refuse(*outcome.rejection);
    if (!outcome.modified) return bson::Document();
    auto& entry = collection.indexes()[outcome.modified->position];
    if (entry.state == catalog::IndexEntry::State::building)
        return refuse(server_code::background_operation_in_progress_for_namespace,
                      "an index build is running on " + name.text());
    if (asks(argument, "hidden") && collection.holds_up_shard_key(entry.spec.name))
        return refuse(server_code::invalid_options,
                      "Can't hide the only compatible index for this collection's shard key");
    if (asks(argument, "unique")) MIM_CHECK(check_unique(collection, outcome.modified->after));
    MIM_TRY(dry_run, arguments.flag("dryRun"));
    if (dry_run) return bson::Document();
    collection.forget_unique_keys(entry.spec.name);
    entry.spec = outcome.modified->after;
    entry.counting_since = instance.catalog.now();
    entry.operations = 0;
    return outcome.modified->reply;
}

constexpr std::array<const char*, 8> own_options{
    "validator", "validationLevel",    "validationAction", "viewOn",
    "pipeline",  "expireAfterSeconds", "timeseries",       "changeStreamPreAndPostImages"};

void change_options(Collection& collection, const Request& request) {
    bson::Builder options;
    for (const auto field : collection.traits().options) {
        if (!request.body.contains(field.key())) options.add(field.key(), field);
    }
    for (const char* name : own_options) {
        const auto value = request.body.find(name);
        const bool off = value && value->string() == std::optional<std::string_view>("off");
        if (value && !off) options.add(name, *value);
    }
    collection.set_options(options.take());
}

bool changes_options(const Request& request) {
    for (const char* name : own_options) {
        if (request.body.contains(name)) return true;
    }
    return false;
}

// It tells whether an index could become unique, and is for nothing else.
Accepted check_dry_run(const Instance& instance, const Arguments& arguments,
                       const std::optional<bson::DocumentView>& argument) {
    if (instance.settings.version < index::version_6_0)
        return arguments.none_of({"dryRun", "changeStreamPreAndPostImages"});
    MIM_TRY(dry_run, arguments.flag("dryRun"));
    if (!dry_run) return {};
    const bool others = argument && (argument->contains("hidden") || argument->contains("prepareUnique") ||
                                     argument->contains("expireAfterSeconds"));
    if (argument && argument->contains("unique") && !others) return {};
    return refuse(server_code::invalid_options,
                  "dryRun mode is only supported for changing an index to unique");
}

Reply coll_mod(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"index", "dryRun", "validator", "validationLevel", "validationAction", "viewOn",
                              "pipeline", "expireAfterSeconds", "timeseries", "changeStreamPreAndPostImages",
                              "cappedSize", "cappedMax", "collectionUUID"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(collection, existing(instance, name));
    MIM_TRY(argument, arguments.document("index"));
    const bool is_view = collection->traits().kind == index::CollectionKind::view;
    if (is_view && argument)
        return refuse(server_code::invalid_options, "option not supported on a view: index");
    MIM_CHECK(check_dry_run(instance, arguments, argument));
    bson::Document reply;
    if (argument) {
        MIM_TRY(modified, modify_index(instance, name, *collection, *argument, arguments));
        reply = std::move(modified);
    }
    if (changes_options(request)) change_options(*collection, request);
    return reply;
}

constexpr std::array coll_mod_commands{Command{"collMod", &coll_mod}};

}  // namespace

Family coll_mod_family() {
    return coll_mod_commands;
}

}  // namespace mim::sandbox::commands
