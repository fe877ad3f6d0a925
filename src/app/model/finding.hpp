#pragma once

#include <string>

namespace mim::app {

enum class Verdict { ok, warning, failure };

// One thing that was looked at, and what to do about it.
struct Finding {
    Verdict verdict = Verdict::ok;
    std::string subject;   // "store", "target 'shop'"
    std::string text;      // what is so
    std::string remedy{};  // empty when nothing needs to be done
};

}  // namespace mim::app
