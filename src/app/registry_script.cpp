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
                          const std::string& db_name) {
    std::vector<index::LiveCollection> live = empty_collections(definitions);
    const index::CompareOptions options{.version = version_of_identity};
    // No target was asked, so nothing is held of one, and no comparison can be too much.
    const CallMemory memory;
    const index::PlanOptions planning = plan_options(SyncOptions{}, version_of_identity, db_name);
    if (mode != index::ScriptMode::drop)
        return index::make_plan(compare_all(definitions, live, options).value(), planning);
    // As if all were there and none were wanted.
    for (index::LiveCollection& collection : live) {
        for (const Definition& definition : definitions) {
            if (definition.collection != collection.name) continue;
            index::LiveIndex built;
            built.spec = index::stored_form(definition.spec, registry_rules());
            collection.indexes.push_back(std::move(built));
        }
    }
    return index::make_plan(compare_all({}, live, options).value(), planning);
}

}  // namespace mim::app
