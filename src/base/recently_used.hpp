// Values by name, so many at most: the one that was used longest ago is forgotten first. Not thread-safe.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mim {

template <class Value>
class RecentlyUsed {
  public:
    explicit RecentlyUsed(std::size_t capacity) : capacity_(capacity) {}

    // None when there is none. Good until the next call.
    [[nodiscard]] Value* find(std::string_view name) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->value;
    }

    // A new one is a Value{}.
    [[nodiscard]] Value& find_or_add(std::string_view name) {
        Value* const known = find(name);
        return known != nullptr ? *known : add(name, Value{});
    }

    // In the place of the one with that name, if there is one.
    void keep(std::string_view name, Value value) {
        if (Value* const known = find(name)) {
            *known = std::move(value);
        } else {
            add(name, std::move(value));
        }
    }

    void remove(std::string_view name) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return;
        const auto entry = found->second;
        by_name_.erase(found);
        entries_.erase(entry);
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string name;
        Value value;
    };
    using Entries = std::list<Entry>;  // the most recently used first

    Value& add(std::string_view name, Value value) {
        entries_.push_front({std::string(name), std::move(value)});
        by_name_.emplace(entries_.front().name, entries_.begin());
        if (entries_.size() > capacity_) {
            by_name_.erase(entries_.back().name);
            entries_.pop_back();
        }
        return entries_.front().value;
    }

    std::size_t capacity_;
    Entries entries_;
    std::unordered_map<std::string_view, typename Entries::iterator> by_name_;  // the names are in `entries_`
};

}  // namespace mim
