// Failure counters by name, so many at most: the one that was used longest ago is forgotten first. Not
// thread-safe.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/login_guard/failure_counter.hpp"

namespace mim::app {

class CounterCache {
  public:
    explicit CounterCache(std::size_t capacity) : capacity_(capacity) {}

    // None when there is none. Good until the next call.
    [[nodiscard]] FailureCounter* find(std::string_view name);
    [[nodiscard]] FailureCounter& find_or_add(std::string_view name);
    void remove(std::string_view name);
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string name;
        FailureCounter counter;
    };
    using Entries = std::list<Entry>;  // the most recently used first

    std::size_t capacity_;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> by_name_;  // the names are in `entries_`
};

}  // namespace mim::app
