#include "app/comparisons.hpp"

#include <algorithm>

#include "app/definition_identity.hpp"
#include "app/desired_state.hpp"
#include "app/readable.hpp"
#include "app/registry_script.hpp"
#include "app/seen_servers.hpp"
#include "base/ascii.hpp"
#include "base/call_memory.hpp"
#include "index/comparison/held_bytes.hpp"

namespace mim::app {
namespace {

// An index that is not used is named only when there was time to use it.
constexpr std::chrono::hours counted_at_least{24 * 7};

// What to ask the target for; none = everything.
std::optional<std::vector<std::string>> wanted_collections(const CompareRequest& request,
                                                           const std::vector<Definition>& definitions) {
    if (request.collections) return request.collections;
    if (request.unmanaged == Unmanaged::include) return std::nullopt;
    return collections_of(definitions);
}

// Collections with definitions that do not exist are compared, too; a view has no indexes to tell of.
void complete(std::vector<index::LiveCollection>& live, const std::vector<Definition>& definitions) {
    const std::vector<std::string> managed = collections_of(definitions);
    std::erase_if(live, [&](const index::LiveCollection& collection) {
        return collection.traits.kind == index::CollectionKind::view &&
               !std::binary_search(managed.begin(), managed.end(), collection.name);
    });
    for (const std::string& name : managed) {
        const auto same = [&](const index::LiveCollection& collection) { return collection.name == name; };
        if (std::any_of(live.begin(), live.end(), same)) continue;
        index::LiveCollection missing;
        missing.name = name;
        missing.traits.kind = index::CollectionKind::missing;
        live.push_back(std::move(missing));
    }
    std::sort(live.begin(), live.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

std::string file_stem(const std::string& db_name) {
    std::string name;
    for (const char c : db_name) {
        const bool plain = ascii::is_letter_or_digit(c) || c == '-';
        name += plain ? c : '_';
    }
    return name;
}

std::string_view words_of(index::ScriptMode mode) {
    switch (mode) {
        case index::ScriptMode::create:
            return "-create-indexes";
        case index::ScriptMode::drop:
            return "-drop-indexes";
        case index::ScriptMode::both:
            return "-indexes";
    }
    return "-indexes";
}

// `part`: "", "-reverse" …
std::string file_name(const std::string& db_name, index::ScriptMode mode, std::string_view part = {}) {
    return file_stem(db_name) + std::string(words_of(mode)) + std::string(part) + ".js";
}

// How many there are is told all the same.
void leave_out_values(std::vector<std::optional<index::DuplicateReport>>& reports) {
    for (auto& report : reports) {
        if (!report) continue;
        for (index::DuplicateGroup& group : report->groups) group.values.reset();
    }
}

}  // namespace

Result<DatabaseComparison> Comparisons::compare(const CompareRequest& request) {
    if (request.collections) MIM_CHECK(check_collections(*request.collections));
    MIM_TRY(database, ports_.databases.get(request.database));
    MIM_TRY(definitions, ports_.definitions.all_of(request.database, request.collections));
    MIM_TRY(target, ports_.targets.open(database));
    const Deadline deadline = Deadline::after(ports_.target_deadline);
    MIM_TRY(server, target->probe(deadline));
    note_server(ports_.databases, database, server.release, ports_.clock.now());
    const auto wanted = wanted_collections(request, definitions);
    std::vector<index::LiveCollection> live;
    if (!wanted || !wanted->empty()) {
        MIM_TRY(read, target->read({.collections = wanted, .usage = request.usage}, deadline));
        live = std::move(read);
    }
    if (request.collections) MIM_CHECK(check_known(*request.collections, definitions, live));
    MIM_CHECK(check_readable(live));
    if (!wanted) complete(live, definitions);
    const index::ServerVersion version = server.release.rules();
    index::CompareOptions options{.version = version, .names = request.names};
    options.binary = server.release.binary;
    if (database.seen_server) options.rules_before = database.seen_server->rules_before;
    if (request.usage == UsageWanted::yes) options.unused_before = ports_.clock.now() - counted_at_least;
    MIM_TRY(collections, compare_all(definitions, std::move(live), options));
    return DatabaseComparison{std::move(database), version, std::move(collections)};
}

Result<index::Plan> Comparisons::plan(const CompareRequest& request, const SyncOptions& options) {
    MIM_TRY(compared, compare(request));
    // Operations are made of the same texts once more.
    for (const index::CollectionComparison& each : compared.collections)
        MIM_CHECK(CallMemory::add(index::held_bytes(each)));
    return index::make_plan(compared.collections,
                            plan_options(options, compared.version, compared.database.db_name));
}

Result<CheckedPlan> Comparisons::checked_plan(const CompareRequest& request, const SyncOptions& options) {
    MIM_TRY(made, plan(request, options));
    if (options.fingerprint && *options.fingerprint != made.fingerprint) return plan_is_another();
    CheckedPlan checked{std::move(made), {}};
    MIM_TRY(database, ports_.databases.get(request.database));
    MIM_TRY(target, ports_.targets.open(database));
    checked.duplicates = check_duplicates(*target, checked.plan, Deadline::after(ports_.target_deadline));
    if (!shows_duplicates(database)) leave_out_values(checked.duplicates);
    return checked;
}

Result<ScriptPack> Comparisons::script_pack(const ScriptRequest& request) {
    if (request.source == ScriptSource::registry)
        return invalid_field("source", "a pack needs the live state for its way back: comparison only");
    MIM_TRY(database, ports_.databases.get(request.database));
    const CompareRequest wanted{.database = request.database, .collections = request.collections};
    MIM_TRY(plan, this->plan(wanted, SyncOptions{}));
    const std::string when = to_rfc3339(ports_.clock.now());
    const auto header = [&](std::string_view part) {
        return index::ScriptHeader{.database_name = database.db_name,
                                   .title = "Indexes of " + database.db_name + ", " + std::string(part) +
                                            ", from the comparison, " + when};
    };
    const index::Plan part = index::part_of(plan, request.mode);
    ScriptPack pack{
        {index::script_of(plan, request.mode, header("forward")), file_name(database.db_name, request.mode)},
        {index::reverse_script_of(part, header("reverse")),
         file_name(database.db_name, request.mode, "-reverse")},
        {index::verify_script_of(part, header("verify")),
         file_name(database.db_name, request.mode, "-verify")}};
    for (const ScriptAnswer* each : {&pack.forward, &pack.reverse, &pack.verify})
        MIM_CHECK(CallMemory::add(each->script.text.capacity()));
    return pack;
}

Result<ScriptAnswer> Comparisons::script(const ScriptRequest& request) {
    MIM_TRY(database, ports_.databases.get(request.database));
    index::Plan plan;
    if (request.source == ScriptSource::comparison) {
        const CompareRequest wanted{.database = request.database, .collections = request.collections};
        MIM_TRY(made, this->plan(wanted, SyncOptions{}));
        plan = std::move(made);
    } else {
        if (request.collections) MIM_CHECK(check_collections(*request.collections));
        MIM_TRY(definitions, ports_.definitions.all_of(request.database, request.collections));
        if (request.collections) MIM_CHECK(check_known(*request.collections, definitions, {}));
        plan = registry_plan(definitions, request.mode, database);
    }
    const std::string source = request.source == ScriptSource::registry ? "the registry" : "the comparison";
    const index::ScriptHeader header{.database_name = database.db_name,
                                     .title = "Indexes of " + database.db_name + ", from " + source + ", " +
                                              to_rfc3339(ports_.clock.now())};
    ScriptAnswer made{index::script_of(plan, request.mode, header),
                      file_name(database.db_name, request.mode)};
    MIM_CHECK(CallMemory::add(made.script.text.capacity()));
    return made;
}

}  // namespace mim::app
