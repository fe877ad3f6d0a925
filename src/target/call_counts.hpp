// How many calls of each kind ended how. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "app/ports/target.hpp"
#include "target/call.hpp"

namespace mim::target {

class CallCounts {
  public:
    // `error` null = a success.
    void add(Call call, const Error* error) {
        const std::string_view result = error == nullptr ? "ok" : to_string(error->code);
        const std::scoped_lock lock(mutex_);
        ++counts_[{name_of(call), result}];
    }
    [[nodiscard]] std::vector<app::TargetFigures::Call> all() const {
        const std::scoped_lock lock(mutex_);
        std::vector<app::TargetFigures::Call> calls;
        for (const auto& [key, count] : counts_) calls.push_back({key.first, key.second, count});
        return calls;
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string_view, std::string_view>, std::int64_t> counts_;  // of string literals
};

}  // namespace mim::target
