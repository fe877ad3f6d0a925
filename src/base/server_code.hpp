// MongoDB's own error codes, as far as anything here depends on one, each described once.
// Source: mongo src/mongo/base/error_codes.yml, its categories NetworkError, NotPrimaryError and
// RetriableError for what passes. Codes of 10,000 and more without a name are single assertions of the
// server.
#pragma once

#include <string>
#include <string_view>

#include "base/error_code.hpp"

namespace mim::server_code {

// What a server's words speak of when it refuses with this code.
enum class Words {
    may_quote_documents,
    about_definitions,  // the index that was wanted, those that are there, or the command
};

struct ServerCode {
    int number;
    std::string_view name;  // empty: the server calls it Location<number>
    Lasting lasting = Lasting::lasts;
    Words words = Words::may_quote_documents;

    // NOLINTNEXTLINE(google-explicit-constructor): a code is its number wherever replies are read and written
    constexpr operator int() const { return number; }
};

inline constexpr ServerCode bad_value{2, "BadValue", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode host_unreachable{6, "HostUnreachable", Lasting::passes};
inline constexpr ServerCode host_not_found{7, "HostNotFound", Lasting::passes};
inline constexpr ServerCode failed_to_parse{9, "FailedToParse", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode user_not_found{11, "UserNotFound"};
inline constexpr ServerCode unauthorized{13, "Unauthorized", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode type_mismatch{14, "TypeMismatch", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode authentication_failed{18, "AuthenticationFailed"};
inline constexpr ServerCode illegal_operation{20, "IllegalOperation", Lasting::lasts,
                                              Words::about_definitions};
inline constexpr ServerCode lock_timeout{24, "LockTimeout", Lasting::passes};
inline constexpr ServerCode namespace_not_found{26, "NamespaceNotFound", Lasting::lasts,
                                                Words::about_definitions};
inline constexpr ServerCode index_not_found{27, "IndexNotFound", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode cursor_not_found{43, "CursorNotFound", Lasting::passes};
inline constexpr ServerCode lock_busy{46, "LockBusy", Lasting::passes};
inline constexpr ServerCode namespace_exists{48, "NamespaceExists"};
inline constexpr ServerCode max_time_ms_expired{50, "MaxTimeMSExpired"};
inline constexpr ServerCode dollar_prefixed_field_name{52, "DollarPrefixedFieldName"};
inline constexpr ServerCode command_not_found{59, "CommandNotFound", Lasting::lasts,
                                              Words::about_definitions};
inline constexpr ServerCode stale_shard_version{63, "StaleShardVersion", Lasting::passes};
inline constexpr ServerCode write_concern_failed{64, "WriteConcernFailed"};
inline constexpr ServerCode immutable_field{66, "ImmutableField"};
inline constexpr ServerCode cannot_create_index{67, "CannotCreateIndex", Lasting::lasts,
                                                Words::about_definitions};
inline constexpr ServerCode index_already_exists{68, "IndexAlreadyExists", Lasting::lasts,
                                                 Words::about_definitions};
inline constexpr ServerCode invalid_options{72, "InvalidOptions", Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode invalid_namespace{73, "InvalidNamespace", Lasting::lasts,
                                              Words::about_definitions};
inline constexpr ServerCode unknown_repl_write_concern{79, "UnknownReplWriteConcern"};
inline constexpr ServerCode index_options_conflict{85, "IndexOptionsConflict", Lasting::lasts,
                                                   Words::about_definitions};
inline constexpr ServerCode index_key_specs_conflict{86, "IndexKeySpecsConflict", Lasting::lasts,
                                                     Words::about_definitions};
inline constexpr ServerCode network_timeout{89, "NetworkTimeout",
                                            Lasting::passes};  // also between the deployment's own servers
inline constexpr ServerCode shutdown_in_progress{91, "ShutdownInProgress", Lasting::passes};
inline constexpr ServerCode unsatisfiable_write_concern{100, "UnsatisfiableWriteConcern"};
inline constexpr ServerCode write_conflict{112, "WriteConflict", Lasting::passes};
inline constexpr ServerCode command_not_supported{115, "CommandNotSupported", Lasting::lasts,
                                                  Words::about_definitions};
inline constexpr ServerCode conflicting_operation_in_progress{117, "ConflictingOperationInProgress",
                                                              Lasting::passes};
inline constexpr ServerCode failed_to_satisfy_read_preference{133, "FailedToSatisfyReadPreference",
                                                              Lasting::passes};
inline constexpr ServerCode read_concern_majority_not_available_yet{134, "ReadConcernMajorityNotAvailableYet",
                                                                    Lasting::passes};
inline constexpr ServerCode incompatible_collation_version{161, "IncompatibleCollationVersion"};
inline constexpr ServerCode command_not_supported_on_view{166, "CommandNotSupportedOnView", Lasting::lasts,
                                                          Words::about_definitions};
inline constexpr ServerCode cannot_index_parallel_arrays{171, "CannotIndexParallelArrays"};
inline constexpr ServerCode ambiguous_index_key_pattern{181, "AmbiguousIndexKeyPattern"};
inline constexpr ServerCode primary_stepped_down{189, "PrimarySteppedDown", Lasting::passes};
inline constexpr ServerCode invalid_index_specification_option{197, "InvalidIndexSpecificationOption",
                                                               Lasting::lasts, Words::about_definitions};
inline constexpr ServerCode cannot_build_index_keys{201, "CannotBuildIndexKeys"};
inline constexpr ServerCode network_interface_exceeded_time_limit{202, "NetworkInterfaceExceededTimeLimit"};
inline constexpr ServerCode database_drop_pending{215, "DatabaseDropPending", Lasting::passes};
inline constexpr ServerCode query_feature_not_allowed{224, "QueryFeatureNotAllowed"};
inline constexpr ServerCode not_implemented{238, "NotImplemented"};
inline constexpr ServerCode exceeded_time_limit{262, "ExceededTimeLimit", Lasting::passes};
inline constexpr ServerCode operation_not_supported_in_transaction{263, "OperationNotSupportedInTransaction"};
inline constexpr ServerCode index_build_aborted{276, "IndexBuildAborted"};
inline constexpr ServerCode unsatisfiable_commit_quorum{278, "UnsatisfiableCommitQuorum"};
inline constexpr ServerCode index_build_already_in_progress{285, "IndexBuildAlreadyInProgress"};
inline constexpr ServerCode unsupported_by_documentdb{303, ""};  // Amazon DocumentDB's, of what it leaves out
inline constexpr ServerCode move_primary_in_progress{319, "MovePrimaryInProgress"};
inline constexpr ServerCode api_strict_error{323, "APIStrictError"};
inline constexpr ServerCode mechanism_unavailable{334, "MechanismUnavailable"};
inline constexpr ServerCode reshard_collection_in_progress{338, "ReshardCollectionInProgress"};
inline constexpr ServerCode cannot_convert_index_to_unique{359, "CannotConvertIndexToUnique"};
inline constexpr ServerCode collection_uuid_mismatch{361, "CollectionUUIDMismatch"};
inline constexpr ServerCode cannot_drop_shard_key_index{370, "CannotDropShardKeyIndex"};
inline constexpr ServerCode user_writes_blocked{371, "UserWritesBlocked"};
inline constexpr ServerCode reauthentication_required{391, "ReauthenticationRequired"};
inline constexpr ServerCode atlas_error{
    8000, "AtlasError"};  // what Atlas answers to bad credentials, among much else
inline constexpr ServerCode socket_exception{9001, "SocketException", Lasting::passes};
inline constexpr ServerCode not_writable_primary_of_old{10058, "", Lasting::passes};  // of old servers
inline constexpr ServerCode not_writable_primary{10107, "NotWritablePrimary", Lasting::passes};
inline constexpr ServerCode duplicate_key{11000, "DuplicateKey"};
inline constexpr ServerCode interrupted_at_shutdown{11600, "InterruptedAtShutdown", Lasting::passes};
inline constexpr ServerCode interrupted{11601, "Interrupted"};
inline constexpr ServerCode interrupted_due_to_repl_state_change{11602, "InterruptedDueToReplStateChange",
                                                                 Lasting::passes};
inline constexpr ServerCode background_operation_in_progress_for_database{
    12586, "BackgroundOperationInProgressForDatabase", Lasting::passes};
inline constexpr ServerCode background_operation_in_progress_for_namespace{
    12587, "BackgroundOperationInProgressForNamespace", Lasting::passes};
inline constexpr ServerCode stale_config{13388, "StaleConfig", Lasting::passes};
inline constexpr ServerCode not_primary_no_secondary_ok{13435, "NotPrimaryNoSecondaryOk", Lasting::passes};
inline constexpr ServerCode not_primary_or_secondary{13436, "NotPrimaryOrSecondary", Lasting::passes};
inline constexpr ServerCode out_of_disk_space{14031, "OutOfDiskSpace"};
inline constexpr ServerCode hashed_array{16766, ""};  // a hashed index on an array
inline constexpr ServerCode unknown_pipeline_stage{40324, ""};
inline constexpr ServerCode duplicate_field{40413, ""};  // the command parser's
inline constexpr ServerCode missing_field{40414, ""};
inline constexpr ServerCode unknown_field{40415, ""};

// Of any number that a server may answer with.
[[nodiscard]] std::string name_of(int number);  // "IndexNotFound", "Location13103"
[[nodiscard]] Lasting lasting_of(int number);
[[nodiscard]] Words words_of(int number);

}  // namespace mim::server_code
