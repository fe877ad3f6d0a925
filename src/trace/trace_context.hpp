// W3C trace context: what a caller says about the trace it is part of. Source: w3.org/TR/trace-context-1;
// the `es` entry of `tracestate` with the rate `s` that the trace was sampled with is Elastic's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trace/ids.hpp"

namespace mim::trace {

enum class Sampled { no, yes };

struct TraceContext {
    TraceId trace;
    EventId parent;
    Sampled sampled = Sampled::no;
    std::optional<double> rate = {};  // 0 to 1; none when the caller did not say
};

// None when `traceparent` is missing or not as the standard wants it; `tracestate` counts only beside a good
// one.
[[nodiscard]] std::optional<TraceContext> parse_trace_context(std::string_view traceparent,
                                                              std::string_view tracestate);

// `00-TRACE-ID-01`
[[nodiscard]] std::string to_text(const TraceContext& context);

}  // namespace mim::trace
