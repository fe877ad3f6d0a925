// Moves everything from one store to another: by batches, in order of ids, so that it can be run again after
// an interruption; what is there already and equal is only read. Ends by comparing both sides.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "store/archive.hpp"

namespace mim::store {

struct CopyProgress {
    Kind kind = Kind::users;
    std::int64_t seen = 0;
    std::int64_t written = 0;
};

// What one side holds of one kind.
struct Inventory {
    std::int64_t items = 0;
    std::uint64_t checksum = 0;  // of all of them, in any order
    friend bool operator==(const Inventory&, const Inventory&) = default;
};

struct Foreign {
    Kind kind = Kind::users;
    std::string id;
};
// An item that `to` has and `from` has not; none: everything in `to` may be of a copy that was interrupted.
[[nodiscard]] Result<std::optional<Foreign>> first_foreign(Archive& from, Archive& to);

using OnCopied = std::function<void(const CopyProgress&)>;
Done copy_all(Archive& from, Archive& to, const OnCopied& on_copied);
[[nodiscard]] Result<Inventory> inventory_of(Archive& archive, Kind kind);

}  // namespace mim::store
