// A standalone server has no change streams: whoever was hindered by another has no event to wait for, and
// asks again. Uneven, so that those who wait do not meet again. Blocks the calling thread for 5 to 40 ms.
#pragma once

#include <chrono>
#include <random>
#include <thread>

namespace mim::store::mongodb {

inline void uneven_pause() {
    constexpr int shortest = 5, longest = 40;  // milliseconds
    thread_local std::minstd_rand random(std::random_device{}());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::uniform_int_distribution<int>(shortest, longest)(random)));
}

}  // namespace mim::store::mongodb
