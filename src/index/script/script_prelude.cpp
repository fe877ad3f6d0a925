#include "index/script/script_prelude.hpp"

#include <map>

#include "index/definition/collation.hpp"
#include "index/definition/index_option.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {

namespace {

// `["v", "ns"]`.
template <class Belongs>
std::string option_names(const Belongs& belongs) {
    std::string text;
    for (const IndexOption& option : index_options()) {
        if (belongs(option)) text += (text.empty() ? "" : ", ") + string_literal(option.name);
    }
    return "[" + text + "]";
}

// In these nobody sees a difference.
std::string names_without_meaning() {
    return option_names([](const IndexOption& option) {
        return option.compared != Compared::yes || option.kind == OptionKind::index_version;
    });
}

std::string names_of_flags() {
    return option_names(
        [](const IndexOption& option) { return option.compared == Compared::yes && is_flag(option.kind); });
}

using OwnDefaults = std::map<std::string, std::string>;  // by locale: what it fills in otherwise

void add_own_defaults(const std::optional<Spec>& spec, OwnDefaults& found) {
    const auto value = spec ? spec->options.find("collation") : std::nullopt;
    const auto meant = value && value->document() ? written_collation(*value->document()) : std::nullopt;
    if (!meant) return;
    const auto members = defaults_of_its_own(meant->locale);
    if (!members.empty()) found.emplace(meant->locale, mongosh_literal(members));
}

// `{"da": {"caseFirst": "upper"}}`, of the locales that occur.
std::string own_defaults_literal(const std::vector<Operation>& operations) {
    OwnDefaults found;
    for (const Operation& operation : operations) {
        add_own_defaults(operation.spec, found);
        add_own_defaults(operation.before, found);
        add_own_defaults(operation.listed, found);
    }
    std::string text;
    for (const auto& [locale, members] : found) {
        text += (text.empty() ? "" : ", ") + string_literal(locale) + ": " + members;
    }
    return "{" + text + "}";
}

constexpr std::string_view general_defaults = R"js(
const collationDefaults = {
    caseLevel: false, caseFirst: "off", strength: 3, numericOrdering: false, alternate: "non-ignorable",
    maxVariable: "punct", normalization: false, backwards: false,
};
)js";

constexpr std::string_view before_names = R"js(
// One text for one index, whatever the order of its options and the types of its numbers.
function plain(spec) {
    const index = JSON.parse(EJSON.stringify(spec, {relaxed: true}));
)js";

constexpr std::string_view between_names = R"js(
    for (const name of added) delete index[name];
)js";

constexpr std::string_view after_names = R"js(
        if (index[name]) index[name] = true;
        else delete index[name];
    }
    if (index.collation && index.collation.locale === "simple") delete index.collation;
    if (index.collation) { // some servers list all its members, some only what they were given
        const own = localeDefaults[index.collation.locale];
        index.collation = {...collationDefaults, ...own, ...index.collation};
        delete index.collation.version;
    }
    index.key = Object.entries(index.key);
    return JSON.stringify(index, sorted);
}

function sorted(name, value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort());
}

function find(collection, name) {
    let listed = [];
    try {
        listed = target.runCommand({listIndexes: collection}).cursor.firstBatch;
    } catch (error) {
        if (error.code !== 26) throw error; // 26: no such collection, so no index either
    }
    for (const index of listed) {
        if (index.name === name) return index;
    }
    return null;
}
)js";

}  // namespace

std::string reading_functions(const std::vector<Operation>& operations) {
    std::string text(general_defaults);
    text += "// What MongoDB fills in otherwise, in the locales that occur here.\n";
    text += "const localeDefaults = " + own_defaults_literal(operations) + ";\n";
    text += before_names;
    text += "    const added = " + names_without_meaning() + ";";
    text += between_names;
    text += "    for (const name of " + names_of_flags() + ") {";
    text += after_names;
    return text;
}

const std::string_view changing_functions = R"js(
function run(command) {
    const reply = target.runCommand(command); // throws when MongoDB refuses
    if (reply.writeConcernError) throw new Error(reply.writeConcernError.errmsg);
    return reply;
}

// `previous` is built again when `spec` is refused.
function create(collection, spec, previous) {
    print("create " + collection + "." + spec.name);
    try {
        const reply = run({createIndexes: collection, indexes: [spec]});
        print(reply.note ? "  already there" : "  done");
    } catch (error) {
        print("  refused: " + error.message);
        if (previous) restore(collection, previous);
        throw error;
    }
}

function restore(collection, spec) {
    try {
        run({createIndexes: collection, indexes: [spec]});
        print("  the index before it is built again");
    } catch (error) {
        print("  the index before it could not be built again: " + error.message);
    }
}

// Only the index that was `seen`: another one that has taken its name is left alone.
function drop(collection, seen) {
    print("drop " + collection + "." + seen.name);
    const live = find(collection, seen.name);
    if (!live) return print("  already gone");
    if (plain(live) !== plain(seen)) return print("  another index has this name now: left alone");
    try {
        run({dropIndexes: collection, index: seen.name});
        print("  done");
    } catch (error) {
        if (error.code !== 26 && error.code !== 27) throw error;
        print("  already gone");
    }
}

function modify(collection, changes, wanted) {
    print("modify " + collection + "." + wanted.name);
    const live = find(collection, wanted.name);
    if (live && plain(live) === plain(wanted)) return print("  already so");
    if (live && plain({key: live.key}) !== plain({key: wanted.key})) {
        throw new Error(collection + "." + wanted.name + " has another key now");
    }
    for (const change of changes) run({collMod: collection, index: change});
    print("  done");
}
)js";

const std::string_view verifying_functions = R"js(
const differences = [];

function holds(collection, wanted) {
    const live = find(collection, wanted.name);
    if (!live) differences.push(collection + "." + wanted.name + " is not there");
    else if (plain(live) !== plain(wanted)) {
        differences.push(collection + "." + wanted.name + " is " + plain(live) + ", not " + plain(wanted));
    }
}

function lacks(collection, seen) {
    const live = find(collection, seen.name);
    if (live && plain(live) === plain(seen)) differences.push(collection + "." + seen.name + " is still there");
}

function conclude() {
    for (const difference of differences) print(difference);
    if (differences.length > 0) throw new Error("the database differs in " + differences.length + " indexes");
    print("verified");
}
)js";

std::string script_head(const ScriptHeader& header, std::string_view promise) {
    std::string text = "// " + one_line(header.title) + "\n";
    text += "// Database: " + one_line(header.database_name) + "\n";
    text +=
        "// Run it with: mongosh URI --file FILE (the URI and its credentials are yours; none are in here)\n";
    text += "// " + std::string(promise) + "\n";
    text += "\"use strict\";\n\n";
    text += "const target = db.getSiblingDB(" + string_literal(header.database_name) + ");\n";
    return text;
}

}  // namespace mim::index
