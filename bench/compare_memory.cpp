// How long it takes to compare 100,000 definitions with 100,000 live indexes, and to plan what differs, all
// in memory: 2,000 collections of 50 indexes each, of the kinds that applications have. One thread.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "index/plan/plan.hpp"

namespace mim::index {
namespace {

constexpr int collections = 2000;
constexpr int indexes_each = 50;

struct Estate {
    std::vector<std::vector<Desired>> desired;
    std::vector<LiveCollection> live;
};

std::string field_of(int number) {
    return "field_" + std::to_string(number);
}

// Of ten indexes: six plain ones of one to three fields, and one each unique, sparse and partial, with a TTL,
// and with a collation.
bson::Document options_of(int number) {
    bson::Builder options;
    switch (number % 10) {
        case 1:
            options.add("unique", true);
            break;
        case 3:
            options.add("sparse", true);
            break;
        case 5:
            options.add("expireAfterSeconds", 86400);
            break;
        case 7:
            options.add("partialFilterExpression", bson::Builder()
                                                       .add("status", "open")
                                                       .add("total", bson::Builder().add("$gt", 100).take())
                                                       .take());
            break;
        case 9:
            options.add("collation", bson::Builder().add("locale", "de").add("strength", 2).take());
            break;
        default:
            break;
    }
    return options.take();
}

Spec spec_of(int number) {
    bson::Builder key;
    key.add(field_of(number), 1);
    if (number % 10 != 5 && number % 2 == 0) key.add("created_at", -1);
    if (number % 4 == 0) key.add("tenant", 1);
    Spec spec;
    spec.key = key.take();
    spec.name = default_name(spec.key);
    spec.options = options_of(number);
    return spec;
}

LiveIndex live_of(const Spec& spec) {
    return {stored_form(spec, RuleContext{})};
}

// Every `drift`-th index of a collection is missing, and one that nobody defined is there instead; 0 = none.
Estate make_estate(int drift) {
    Estate estate;
    for (int at = 0; at < collections; ++at) {
        std::vector<Desired> desired;
        LiveCollection live{"collection_" + std::to_string(at), {}, {}, std::nullopt};
        for (int number = 0; number < indexes_each; ++number) {
            const Spec spec = spec_of(number);
            desired.push_back({DefinitionId::generate(), spec});
            const bool drifts = drift > 0 && number % drift == 0;
            live.indexes.push_back(live_of(drifts ? spec_of(1000 + number) : spec));
        }
        estate.desired.push_back(std::move(desired));
        estate.live.push_back(std::move(live));
    }
    return estate;
}

std::vector<CollectionComparison> compare_all(const Estate& estate) {
    std::vector<CollectionComparison> all;
    all.reserve(estate.live.size());
    for (std::size_t at = 0; at < estate.live.size(); ++at) {
        all.push_back(compare(estate.desired[at], estate.live[at], {}));
    }
    return all;
}

void compare_in_memory(benchmark::State& state) {
    const Estate estate = make_estate(static_cast<int>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(compare_all(estate));
    state.counters["indexes/s"] =
        benchmark::Counter(collections * indexes_each, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(compare_in_memory)->ArgName("drift")->Arg(0)->Arg(10)->Unit(benchmark::kMillisecond);

void plan_in_memory(benchmark::State& state) {
    const auto comparisons = compare_all(make_estate(static_cast<int>(state.range(0))));
    for (auto _ : state) benchmark::DoNotOptimize(make_plan(comparisons, {}));
}
BENCHMARK(plan_in_memory)->ArgName("drift")->Arg(0)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mim::index

BENCHMARK_MAIN();
