// What is charged for live indexes and their comparison is what the allocator gave for them, or more.
#include "index/comparison/held_bytes.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include "bson/builder.hpp"
#include "index/definition/held_bytes.hpp"

namespace mim::index {
namespace {

std::size_t allocated() {
    const auto figures = mallinfo2();  // all zero under a sanitizer's allocator
    return figures.uordblks + figures.hblkhd;
}

struct Shape {
    const char* name;
    std::size_t indexes;
    std::string text;  // in each: the start of its name, a field, and a text of its filter
    std::size_t filter_bytes;
};
void PrintTo(const Shape& shape, std::ostream* out) {
    *out << shape.name;
}

Spec spec_of(const Shape& shape, std::size_t number) {
    std::string filter;
    while (filter.size() < shape.filter_bytes) filter += shape.text;
    Spec spec;
    spec.name = shape.text + std::to_string(number);
    spec.key = bson::Builder().add("a", 1).add(spec.name, 1).take();
    if (!filter.empty())
        spec.options =
            bson::Builder().add("partialFilterExpression", bson::Builder().add("f", filter).take()).take();
    return spec;
}

// One of every three is defined as it is, one otherwise, one not at all.
std::vector<Desired> desired_of(const Shape& shape) {
    std::vector<Desired> desired;
    for (std::size_t number = 0; number < shape.indexes; ++number) {
        if (number % 3 == 2) continue;
        Spec spec = spec_of(shape, number);
        if (number % 3 == 1) spec.options = bson::Builder().add("unique", true).take();
        desired.push_back({DefinitionId::generate(), std::move(spec)});
    }
    return desired;
}

LiveCollection live_of(const Shape& shape) {
    LiveCollection live;
    live.name = shape.text;
    live.indexes.reserve(shape.indexes);  // as whoever reads a list does
    for (std::size_t number = 0; number < shape.indexes; ++number)
        live.indexes.push_back({spec_of(shape, number)});
    live.unreadable_indexes.reserve(shape.indexes / 4);
    for (std::size_t number = 0; number < shape.indexes / 4; ++number)
        live.unreadable_indexes.push_back({shape.text, "it has no key, and a reason that is not short"});
    return live;
}

class HeldBytes : public testing::TestWithParam<Shape> {
  protected:
    // What many of them take. A few freed blocks are kept by the allocator for the next who asks, and count
    // as allocated: the first one has filled that store.
    template <class Make, class Hold>
    void expect_enough_is_charged(const Make& make, const Hold& hold) {
        constexpr std::size_t copies = 50, kept_for_the_next = 50'000;
        static_cast<void>(make());
        std::vector<decltype(make())> all;
        all.reserve(copies);
        std::size_t charged = kept_for_the_next;
        const std::size_t before = allocated();
        for (std::size_t count = 0; count < copies; ++count) all.push_back(make());
        const std::size_t after = allocated();
        for (const auto& each : all) charged += hold(each);
        EXPECT_GE(charged + before, after);
    }
};

TEST_P(HeldBytes, OfLiveIndexesAreAtLeastThoseAllocated) {
    expect_enough_is_charged([] { return live_of(GetParam()); },
                             [](const LiveCollection& live) { return held_bytes(live); });
}

TEST_P(HeldBytes, OfAComparisonAreAtLeastThoseAllocatedAndAtMostThoseThatWereAskedFor) {
    const LiveCollection live = live_of(GetParam());
    const std::vector<Desired> none, some = desired_of(GetParam());
    for (const auto* desired : {&none, &some}) {
        std::size_t of_definitions = 0;  // those are not the target's
        for (const Desired& each : *desired) of_definitions += 8 * held_apart(each.spec) + 2'048;
        expect_enough_is_charged(
            [&] { return compare(*desired, live, {}); },
            [&](const CollectionComparison& one) { return held_bytes(one) + of_definitions; });
        EXPECT_LE(held_bytes(compare(*desired, live, {})), bytes_to_compare(live));
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, HeldBytes,
                         testing::Values(Shape{"None", 0, "c", 0}, Shape{"Ordinary", 60, "customer_id_", 0},
                                         Shape{"Small", 500, "a", 0},
                                         Shape{"Filters", 60, "some words ", 1'000},
                                         Shape{"LargeFilters", 10, "some words ", 100'000},
                                         Shape{"ControlCharacters", 20, "\x01\x02", 10'000},
                                         Shape{"Quotes", 20, "\"\\", 10'000}),
                         [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace mim::index
