// What every target begins with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mim::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Ends the run, with what went wrong; libFuzzer keeps the input.
inline void must(bool holds, const char* what, std::string_view shown = {}) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n%.*s\n", what, static_cast<int>(shown.size()), shown.data());
    std::abort();
}

// `text` with every `mark` replaced.
inline std::string filled_in(std::string_view text, std::string_view mark, std::string_view value) {
    std::string filled(text);
    for (std::size_t at = filled.find(mark); at != std::string::npos;
         at = filled.find(mark, at + value.size())) {
        filled.replace(at, mark.size(), value);
    }
    return filled;
}

}  // namespace mim::fuzz
