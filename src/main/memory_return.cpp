#include "main/memory_return.hpp"

#include <chrono>

#include <malloc.h>

#include "main/metrics/process_memory.hpp"

namespace mim::main {
namespace {

constexpr std::chrono::seconds between_looks{10};
// Less is not worth the walk through the heap.
constexpr double worth_returning = 16.0 * 1024 * 1024;

}  // namespace

MemoryReturn::MemoryReturn()
    : after_the_last_(process_memory().resident_bytes),
      task_(between_looks, RecurringTask::First::after_a_pause, [this] { look(); }) {}

void MemoryReturn::look() {
    if (process_memory().resident_bytes < after_the_last_ + worth_returning) return;
    malloc_trim(0);
    after_the_last_ = process_memory().resident_bytes;
}

}  // namespace mim::main
