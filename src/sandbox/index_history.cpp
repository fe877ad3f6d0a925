#include "sandbox/index_history.hpp"

#include "bson/builder.hpp"

namespace mim::sandbox {

void IndexHistory::built(const std::string& collection, const std::vector<index::Spec>& specs) {
    for (const auto& spec : specs) ++stories_[collection].built[spec.name];
}

void IndexHistory::dropped(const std::string& collection, const std::string& index) {
    ++stories_[collection].dropped[index];
}

void IndexHistory::repeated(const std::string& collection, std::int64_t count) {
    stories_[collection].repeated += count;
}

bson::Document IndexHistory::of(const std::string& collection) const {
    const auto found = stories_.find(collection);
    const Story story = found == stories_.end() ? Story{} : found->second;
    bson::Builder built, dropped;
    for (const auto& [name, times] : story.built) built.add(name, times);
    for (const auto& [name, times] : story.dropped) dropped.add(name, times);
    bson::Builder history;
    history.add("built", built.take()).add("dropped", dropped.take()).add("repeated", story.repeated);
    return history.take();
}

}  // namespace mim::sandbox
