// What a sandbox starts with, from a file of Extended JSON:
//   {"databases": {"shop": {"orders": {
//       "options": {…},                      as of the create command
//       "indexes": [{"key": {"a": 1}, …}],   as of createIndexes; without a name they get the drivers'
//       default name "documents": 1000                    {_id: 0} … {_id: 999}
//                  or {"count": 1000, "template": {"email": "user{n}@example.org", "age": "{n}"}}
//                  or [{…}, …]
//   }}}}
// With "deployment": "sharded" beside "databases" the sandbox plays a mongos, and a collection may have
//       "shardKey": {"a": 1}                 an index must support it
// Indexes are judged by the same rules as createIndexes. Pure.
#pragma once

#include "base/result.hpp"
#include "sandbox/catalog/catalog.hpp"

namespace mim::sandbox {

inline constexpr std::int64_t most_generated_documents = 10'000'000;  // of one collection

// `invalid_input`; the message names the place ("databases.shop.orders.indexes[2]") and the reason.
[[nodiscard]] Result<catalog::Catalog> parse_seed(const std::string& json_text, index::ServerVersion version);

}  // namespace mim::sandbox
