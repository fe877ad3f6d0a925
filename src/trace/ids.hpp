// The ids of trace context: lower-case hexadecimal digits, never all zero. One strong type each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.hpp"

namespace mim::trace {

template <std::size_t Digits, class Tag>
class HexId {
  public:
    // Random. Thread-safe.
    [[nodiscard]] static HexId generate();
    // None when it is anything but `Digits` lower-case hexadecimal digits, or all zero.
    [[nodiscard]] static std::optional<HexId> parse(std::string_view text);

    [[nodiscard]] std::string_view text() const { return {digits_.data(), Digits}; }
    friend bool operator==(const HexId&, const HexId&) = default;

  private:
    HexId() = default;
    std::array<char, Digits> digits_{};
};

using TraceId = HexId<32, struct TraceTag>;
using EventId = HexId<16, struct EventTag>;  // of a transaction or a span
using ErrorId = HexId<32, struct ErrorTag>;

// Of every run of this sync: found from the sync's own id, so that no job has to carry a trace.
[[nodiscard]] TraceId trace_of(const SyncId& sync);
// Of the run under this fence; the first run of a sync has fence 1.
[[nodiscard]] EventId run_of(const SyncId& sync, std::int64_t fence);

}  // namespace mim::trace
