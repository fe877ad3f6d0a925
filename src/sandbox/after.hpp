// Something to be done later, on the sandbox's thread.
#pragma once

#include <chrono>
#include <functional>

#include "sandbox/instance.hpp"

namespace mim::sandbox {

// At once when there is no delay; never when the sandbox ends before.
void after(Instance& instance, std::chrono::milliseconds delay, std::function<void()> action);

}  // namespace mim::sandbox
