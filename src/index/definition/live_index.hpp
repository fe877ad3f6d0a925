// What a live collection holds, as read from a target.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "index/definition/collection_traits.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

struct Usage {
    std::int64_t operations = 0;  // summed over the members that answered
    Timestamp since{};            // the youngest start of counting among them
    int members = 0;
    int silent = 0;  // members that were asked and did not answer: it may be in use there
};

struct LiveIndex {
    Spec spec;  // as listed
    enum class State { ready, building } state = State::ready;
    std::optional<Usage> usage = {};  // when it was asked for and allowed
};

// One that is listed, but that nobody can show, compare or store: it is told, and left alone.
struct UnreadableIndex {
    std::string name;    // clean and short, so not always the name by which the server knows it
    std::string reason;  // for people
};

struct LiveCollection {
    std::string name;
    CollectionTraits traits;
    std::vector<LiveIndex> indexes;   // with _id_
    std::optional<Error> unreadable;  // set when its indexes could not be read; then `indexes` says nothing
    std::vector<UnreadableIndex> unreadable_indexes = {};
    // Why nobody can tell which of `indexes` are still being built, for people; none when their states are
    // certain.
    std::optional<std::string> readiness_unknown = {};

    [[nodiscard]] std::size_t index_count() const { return indexes.size() + unreadable_indexes.size(); }
};

}  // namespace mim::index
