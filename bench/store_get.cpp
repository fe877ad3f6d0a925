// How fast one definition is read by its id from a file of 20,000: the store's part of GET /indexes/:id.
#include <benchmark/benchmark.h>

#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

constexpr int collections = 4'000;
constexpr int definitions_a_collection = 5;

struct Registry {
    SqliteWorld world;
    std::vector<DefinitionId> ids;

    Registry() {
        const auto shop = contract::a_database("shop");
        app::DefinitionChanges changes;
        for (int c = 0; c < collections; ++c) {
            for (int d = 0; d < definitions_a_collection; ++d) {
                changes.creations.push_back(contract::a_definition(shop.id, "collection_" + std::to_string(c),
                                                                   "field_" + std::to_string(d)));
                ids.push_back(changes.creations.back().id);
            }
        }
        if (!world.databases().create(shop) || !world.definitions().change(changes))
            throw std::runtime_error("cannot fill the registry");
    }
};

void get_by_id(benchmark::State& state) {
    static Registry registry;
    constexpr std::size_t stride = 7'919;  // a prime: far apart, and every id in turn
    std::size_t at = static_cast<std::size_t>(state.thread_index()) * 31;
    for (auto each : state) {
        at = (at + stride) % registry.ids.size();
        auto found = registry.world.definitions().get(registry.ids[at]);
        if (!found) state.SkipWithError("not found");
        benchmark::DoNotOptimize(found);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get_by_id)->UseRealTime()->Threads(1)->Threads(2);

}  // namespace
}  // namespace mim::store

BENCHMARK_MAIN();
