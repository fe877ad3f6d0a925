#include "base/id.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>

#include <unistd.h>

#include "base/ascii.hpp"

namespace mim {
namespace {

struct ProcessPart {
    std::array<std::uint8_t, 5> random{};
    std::atomic<std::uint32_t> counter{0};

    ProcessPart() {
        std::random_device device;
        for (auto& byte : random) byte = static_cast<std::uint8_t>(device());
        counter = device() & 0xFFFFFFU;
    }
};

}  // namespace

std::string generate_id_digits() {
    static ProcessPart process;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds =
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
    const std::uint32_t count = process.counter.fetch_add(1);
    std::string out;
    out.reserve(24);
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        ascii::append_hex(out, static_cast<char>(seconds >> shift));
    // The process id keeps the children of a fork, who inherit the random part and the counter, from making
    // equal ids.
    auto process_id = static_cast<std::uint32_t>(getpid());
    for (const auto byte : process.random) {
        ascii::append_hex(out, static_cast<char>(byte ^ (process_id & 0xFFU)));
        process_id >>= 8U;
    }
    for (const unsigned shift : {16U, 8U, 0U}) ascii::append_hex(out, static_cast<char>(count >> shift));
    return out;
}

bool is_id_digits(std::string_view text) {
    return text.size() == 24 && std::ranges::all_of(text, [](char c) { return ascii::hex_value(c) >= 0; });
}

}  // namespace mim
