// Random sets of indexes that one collection may hold: few names, few fields and many options, so that they
// collide.
#pragma once

#include <random>
#include <vector>

#include "index/rules/rules.hpp"

namespace mim::index::testing {

class AnySets {
  public:
    explicit AnySets(std::uint32_t seed) : random_(seed) {}

    // Specs as a user writes them, which MongoDB takes one after the other; with `_id_` at most 64.
    [[nodiscard]] std::vector<Spec> next(const RuleContext& context, std::size_t attempts,
                                         std::size_t fillers);
    [[nodiscard]] std::size_t below(std::size_t limit) { return random_() % limit; }

  private:
    [[nodiscard]] Spec spec();
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[below(all.size())];
    }

    std::mt19937 random_;
};

}  // namespace mim::index::testing
