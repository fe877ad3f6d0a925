// One change of the target at a time, repeated where that is safe. A lost answer is settled by looking.
#pragma once

#include "app/sync_run/build_watch.hpp"
#include "app/sync_run/observation.hpp"

namespace mim::app {

class Steps {
  public:
    Steps(const RunContext& context, Target& target) : context_(context), target_(target) {}

    // The inner error is the target's; success means that the index is there (is gone, is changed).
    [[nodiscard]] Uninterrupted<Done> create(const std::string& collection,
                                             const std::vector<index::Spec>& specs, BuildWatch& watch);
    [[nodiscard]] Uninterrupted<Done> drop(const index::Operation& operation);
    [[nodiscard]] Uninterrupted<Done> modify(const index::Operation& operation);  // modify, hide

  private:
    template <class Send, class Reached>
    Uninterrupted<Done> repeat(const std::string& collection, Send send, Reached reached);
    Uninterrupted<Done> send_build(const std::string& collection, const std::vector<index::Spec>& specs,
                                   BuildWatch& watch);
    Uninterrupted<Done> settle_cancelled(const std::string& collection, const std::vector<index::Spec>& specs,
                                         BuildWatch& watch);

    const RunContext& context_;
    Target& target_;
};

}  // namespace mim::app
