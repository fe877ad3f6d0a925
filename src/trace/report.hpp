// What a transaction was, once it has ended: nothing but fixed names, ids, codes, statuses and times.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "trace/trace_context.hpp"

namespace mim::trace {

using Microseconds = std::chrono::sys_time<std::chrono::microseconds>;

enum class Outcome { success, failure };

// Whom a call was made to.
enum class System { store, queue, target };

[[nodiscard]] constexpr std::string_view to_string(System system) {
    switch (system) {
        case System::store:
            return "store";
        case System::queue:
            return "queue";
        case System::target:
            return "target";
    }
    return "store";
}

struct Link {
    TraceId trace;
    EventId event;
};

struct SpanReport {
    EventId id;
    EventId parent;
    System system;
    std::string_view name;  // a literal: "databases.get"
    Microseconds started;
    std::chrono::microseconds took;
    Outcome outcome;
    std::optional<Link> link = {};
};

struct ErrorReport {
    ErrorId id;
    EventId parent;
    std::string_view code;     // a literal: "target_unreachable"
    std::string_view culprit;  // a literal, or the pattern of a route
    Microseconds when;
};

struct Label {
    std::string_view name;  // a literal
    std::string value;
};

enum class Kind { request, job };

struct TransactionReport {
    TraceId trace;
    EventId id;
    Kind kind;
    Sampled sampled;
    Microseconds started;
    std::optional<EventId> parent = {};
    std::optional<Link> link = {};
    std::optional<double> rate = {};  // 0 when it was not sampled; none when the caller's is not known
    std::chrono::microseconds took{0};
    std::string name = {};    // "GET /databases/:id", "sync"
    std::string result = {};  // "HTTP 2xx", "completed"
    Outcome outcome = Outcome::success;
    std::size_t dropped_spans = 0;
    std::vector<SpanReport> spans = {};
    std::vector<ErrorReport> errors = {};
    // Of sampled ones only.
    std::string_view method = {};  // of requests
    unsigned status = 0;           // of requests
    std::string user = {};         // an id; empty when unknown
    std::vector<Label> labels = {};

    [[nodiscard]] std::size_t events() const { return 1 + spans.size() + errors.size(); }
};

// Where reports go. Thread-safe; never blocks, never throws.
class Reporter {
  public:
    virtual ~Reporter() = default;
    virtual void report(TransactionReport&& report) noexcept = 0;
};

}  // namespace mim::trace
