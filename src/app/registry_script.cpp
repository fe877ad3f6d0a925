#include "app/registry_script.hpp"

#include "app/definition_identity.hpp"
#include "app/desired_state.hpp"
#include "base/call_memory.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::app {
namespace {

std::vector<index::LiveCollection> empty_collections(const std::vector<Definition>& definitions) {
    std::vector<index::LiveCollection> live;
    for (const std::string& name : collections_of(definitions)) {
        index::LiveCollection collection;
        collection.name = name;
        live.push_back(std::move(collection));
    }
    return live;
}

}  // namespace

index::Plan registry_plan(const std::vector<Definition>& definitions, index::ScriptMode mode,
                          const Database& database) {
    std::vector<index::LiveCollection> live = empty_collections(definitions);
    // No target was asked, so nothing is held of one, and no comparison can be too much.
    const CallMemory memory;
    if (mode != index::ScriptMode::drop) {
        const auto& seen = database.seen_server;
        const auto version = seen ? seen->release.rules() : version_of_identity;
        const auto planning = plan_options(SyncOptions{}, version, database.db_name);
        return index::make_plan(compare_all(definitions, live, {.version = version}).value(), planning);
    }
    // As if all were there and none were wanted: no rule of a server keeps what it would not build.
    for (index::LiveCollection& collection : live) {
        for (const Definition& definition : definitions) {
            if (definition.collection != collection.name) continue;
            index::LiveIndex built;
            built.spec = index::stored_form(definition.spec, registry_rules());
            collection.indexes.push_back(std::move(built));
        }
    }
    const auto planning = plan_options(SyncOptions{}, version_of_identity, database.db_name);
    return index::make_plan(compare_all({}, live, {.version = version_of_identity}).value(), planning);
}

}  // namespace mim::app
