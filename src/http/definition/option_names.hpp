// How JSON names and holds the options of index/definition/index_option.hpp, and the parts of a collation.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "http/json_reader.hpp"
#include "index/definition/spec.hpp"

namespace mim::http {

enum class OptionKind { boolean, integer, number, string, document, weights, collation };

struct OptionName {
    std::string_view api;
    std::string_view mongo;
    OptionKind kind;
    IntegerRange range{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
};

[[nodiscard]] std::span<const OptionName> index_options();
[[nodiscard]] std::span<const OptionName> collation_options();
// Where options without a name in the contract are shown and taken, under MongoDB's own names, as Extended
// JSON.
inline constexpr std::string_view other_options = "other";

// `expireAfterSeconds` → `expire_after_seconds`; unknown names stay.
[[nodiscard]] std::string api_option_name(std::string_view mongo_name);
// A place in MongoDB's words as a place in the request's: `key.b` → `keys[1]`, `collation.caseLevel` →
// `options.collation.case_level`. What is neither stays as it is.
[[nodiscard]] std::string api_path(const index::Spec& spec, std::string_view mongo_path);

}  // namespace mim::http
