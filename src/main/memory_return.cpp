#include "main/memory_return.hpp"

#include <chrono>

#include <malloc.h>

#include "main/process_memory.hpp"

namespace mim::main {
namespace {

constexpr std::chrono::seconds between_looks{10};
// Less is not worth the walk through the heap.
constexpr double worth_returning = 16.0 * 1024 * 1024;

}  // namespace

MemoryReturn::MemoryReturn() : thread_([this] { watch(); }) {}

MemoryReturn::~MemoryReturn() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void MemoryReturn::watch() {
    double after_the_last = process_memory().resident_bytes;
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, between_looks, [this] { return over_; })) {
        if (process_memory().resident_bytes < after_the_last + worth_returning) continue;
        malloc_trim(0);
        after_the_last = process_memory().resident_bytes;
    }
}

}  // namespace mim::main
