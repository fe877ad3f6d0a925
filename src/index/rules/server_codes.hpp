// The error codes of MongoDB that the index rules answer with. Private to this room; `code_name` gives their
// names. Source: mongo src/mongo/base/error_codes.yml; numeric-only assertions stand beside the rule that
// uses them.
#pragma once

namespace mim::index::server_code {

inline constexpr int bad_value = 2;
inline constexpr int failed_to_parse = 9;
inline constexpr int type_mismatch = 14;
inline constexpr int index_not_found = 27;
inline constexpr int cannot_create_index = 67;
inline constexpr int invalid_options = 72;
inline constexpr int invalid_namespace = 73;
inline constexpr int index_options_conflict = 85;
inline constexpr int index_key_specs_conflict = 86;
inline constexpr int incompatible_collation_version = 161;
inline constexpr int command_not_supported_on_view = 166;
inline constexpr int ambiguous_index_key_pattern = 181;
inline constexpr int invalid_index_specification_option = 197;
inline constexpr int query_feature_not_allowed = 224;
inline constexpr int not_implemented = 238;
inline constexpr int duplicate_field = 40413;  // the command parser's
inline constexpr int missing_field = 40414;
inline constexpr int unknown_field = 40415;

}  // namespace mim::index::server_code
