// How many syncs of one target deployment this process runs at once, so that a slow one with many databases
// leaves workers for the others. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace mim::queue {

class TargetSlots {
  public:
    // 0 = any number.
    explicit TargetSlots(unsigned most_each) : most_each_(most_each) {}

    class Slot {
      public:
        Slot(Slot&& other) noexcept
            : home_(std::exchange(other.home_, nullptr)), target_(std::move(other.target_)) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot();

      private:
        friend class TargetSlots;
        Slot(TargetSlots& home, std::string target) : home_(&home), target_(std::move(target)) {}
        TargetSlots* home_;
        std::string target_;
    };
    // Held until it goes; must not outlive this. None: the target has as many as it may.
    [[nodiscard]] std::optional<Slot> take(const std::string& target);

  private:
    const unsigned most_each_;
    std::mutex mutex_;
    std::map<std::string, unsigned> taken_;
};

}  // namespace mim::queue
