// One change of the target at a time, repeated where that is safe. A lost answer is settled by looking.
#pragma once

#include <optional>
#include <set>

#include "app/sync_run/build_watch.hpp"
#include "app/sync_run/observation.hpp"

namespace mim::app {

class Steps {
  public:
    // `there`: the collections that were there when the plan was made. One that was dropped since then is not
    // made anew by a createIndexes, which ends as not_found.
    Steps(const RunContext& context, Target& target, std::set<std::string> there)
        : context_(context), target_(target), there_(std::move(there)) {}

    // A build of the same indexes that an earlier command began, and that may still run.
    enum class Earlier { none, may_run };
    // The inner error is the target's; success means that the index is there (is gone, is changed). The
    // deadline of builds is one for all tries, and as long as the server is seen to build what is wanted, a
    // try that failed in passing is none. A build that somebody else ended is not begun again. A build that
    // must not go on is ended also where an earlier command began it: then Halt::cancel says that none of
    // them is there and none is being built.
    [[nodiscard]] Uninterrupted<Done> create(const std::string& collection,
                                             const std::vector<index::Spec>& specs, BuildWatch& watch,
                                             Earlier earlier = Earlier::none);
    // The end of a cancelled build that may still run; as `create`.
    [[nodiscard]] Uninterrupted<Done> end_cancelled(const std::string& collection,
                                                    const std::vector<index::Spec>& specs);
    [[nodiscard]] Uninterrupted<Done> drop(const index::Operation& operation);
    [[nodiscard]] Uninterrupted<Done> modify(const index::Operation& operation);  // modify, hide

  private:
    template <class Send, class Judge>
    Uninterrupted<Done> repeat(const std::string& collection, Send send, Judge judge);
    template <class Send, class Judge>
    Uninterrupted<Done> repeat_until(std::optional<Deadline> until, const std::string& collection, Send send,
                                     Judge judge);
    Done check_still_there(const std::string& collection);
    Uninterrupted<Done> send_build(const std::string& collection, const std::vector<index::Spec>& specs,
                                   Deadline until, BuildWatch& watch);
    enum class Ending { built, ended };
    Result<Ending> end_what_runs(const std::string& collection, const std::vector<index::Spec>& specs);
    Uninterrupted<Done> end_late(const std::string& collection, const std::vector<index::Spec>& specs,
                                 Error late);

    const RunContext& context_;
    Target& target_;
    const std::set<std::string> there_;
};

}  // namespace mim::app
