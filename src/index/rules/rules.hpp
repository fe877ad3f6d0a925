// What MongoDB refuses, in MongoDB's codes and with the rule in words. One implementation for both uses:
// definitions are judged by it before they are stored, and the sandbox answers from it. Sources:
// docs/mongodb-index-semantics.md sections 1 to 5, which names the server files behind each rule.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/server_code.hpp"
#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

struct Rejection {
    int code = server_code::cannot_create_index;
    std::string code_name;  // "CannotCreateIndex"
    std::string message;    // the rule in words, with the remedy
    std::string field;  // where: "key.a", "expireAfterSeconds", "collation.strength"; empty = the whole spec
    [[nodiscard]] ServerReply reply() const { return {code, code_name, message}; }
};

// Judges one raw element of `createIndexes.indexes` alone: types, names, key rules, options, combinations,
// collection kind. None = MongoDB would take it (conflicts with other indexes apart). Unknown top-level
// fields are refused (197).
[[nodiscard]] std::optional<Rejection> check_document(bson::DocumentView spec, const RuleContext& context);
[[nodiscard]] std::optional<Rejection> check(const Spec& spec, const RuleContext& context);

// How a new spec meets an existing one of the same collection. Both in stored form (stored_form.hpp).
// Source: semantics section 4, by version.
enum class Meeting {
    unrelated,       // both may live
    identical,       // a no-op
    other_options,   // 85: same signature, other options (under the same or another name)
    other_identity,  // 86: same name, another signature
};
[[nodiscard]] Meeting meet(const Spec& existing, const Spec& incoming, const RuleContext& context);

// Judges `incoming` (stored form) against all indexes of the collection: 85, 86, one text index, 64 limit.
// `existing` includes `_id_`.
struct Acceptance {
    enum class Kind { creates, already_exists, refused } kind = Kind::creates;
    std::optional<Rejection> rejection;  // set exactly when refused
};
[[nodiscard]] Acceptance accept(const std::vector<Spec>& existing, const Spec& incoming,
                                const RuleContext& context);

inline constexpr std::size_t max_indexes_per_collection = 64;  // with _id_ and unfinished ones

[[nodiscard]] std::optional<Rejection> check_collection_name(std::string_view name);
[[nodiscard]] std::optional<Rejection> check_database_name(std::string_view name);
// Also none of those that MongoDB keeps for itself: an index dropped there can cost the deployment.
[[nodiscard]] std::optional<Rejection> check_managed_database_name(std::string_view name);

}  // namespace mim::index
