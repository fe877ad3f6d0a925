#include "base/server_code.hpp"

#include <algorithm>
#include <array>

namespace mim::server_code {
namespace {

// By number.
constexpr std::array all{bad_value,
                         host_unreachable,
                         host_not_found,
                         failed_to_parse,
                         user_not_found,
                         unauthorized,
                         type_mismatch,
                         authentication_failed,
                         illegal_operation,
                         lock_timeout,
                         namespace_not_found,
                         index_not_found,
                         cursor_not_found,
                         lock_busy,
                         namespace_exists,
                         max_time_ms_expired,
                         dollar_prefixed_field_name,
                         command_not_found,
                         stale_shard_version,
                         write_concern_failed,
                         immutable_field,
                         cannot_create_index,
                         index_already_exists,
                         invalid_options,
                         invalid_namespace,
                         unknown_repl_write_concern,
                         index_options_conflict,
                         index_key_specs_conflict,
                         network_timeout,
                         shutdown_in_progress,
                         unsatisfiable_write_concern,
                         write_conflict,
                         command_not_supported,
                         conflicting_operation_in_progress,
                         failed_to_satisfy_read_preference,
                         read_concern_majority_not_available_yet,
                         incompatible_collation_version,
                         command_not_supported_on_view,
                         cannot_index_parallel_arrays,
                         ambiguous_index_key_pattern,
                         primary_stepped_down,
                         invalid_index_specification_option,
                         cannot_build_index_keys,
                         network_interface_exceeded_time_limit,
                         database_drop_pending,
                         query_feature_not_allowed,
                         not_implemented,
                         exceeded_time_limit,
                         operation_not_supported_in_transaction,
                         index_build_aborted,
                         unsatisfiable_commit_quorum,
                         index_build_already_in_progress,
                         unsupported_by_documentdb,
                         move_primary_in_progress,
                         api_strict_error,
                         mechanism_unavailable,
                         reshard_collection_in_progress,
                         cannot_convert_index_to_unique,
                         collection_uuid_mismatch,
                         cannot_drop_shard_key_index,
                         user_writes_blocked,
                         reauthentication_required,
                         atlas_error,
                         socket_exception,
                         not_writable_primary_of_old,
                         not_writable_primary,
                         duplicate_key,
                         interrupted_at_shutdown,
                         interrupted,
                         interrupted_due_to_repl_state_change,
                         background_operation_in_progress_for_database,
                         background_operation_in_progress_for_namespace,
                         stale_config,
                         not_primary_no_secondary_ok,
                         not_primary_or_secondary,
                         out_of_disk_space,
                         hashed_array,
                         unknown_pipeline_stage,
                         duplicate_field,
                         missing_field,
                         unknown_field};

static_assert(std::is_sorted(all.begin(), all.end(), [](const ServerCode& left, const ServerCode& right) {
    return left.number < right.number;
}));

// None of a code that nothing here depends on.
const ServerCode* find(int number) {
    const auto* const at =
        std::lower_bound(all.begin(), all.end(), number,
                         [](const ServerCode& code, int wanted) { return code.number < wanted; });
    return at != all.end() && at->number == number ? at : nullptr;
}

}  // namespace

std::string name_of(int number) {
    const ServerCode* const code = find(number);
    if (code != nullptr && !code->name.empty()) return std::string(code->name);
    return "Location" + std::to_string(number);
}

Lasting lasting_of(int number) {
    const ServerCode* const code = find(number);
    return code != nullptr ? code->lasting : Lasting::lasts;
}

Words words_of(int number) {
    const ServerCode* const code = find(number);
    return code != nullptr ? code->words : Words::may_quote_documents;
}

}  // namespace mim::server_code
