#include <algorithm>
#include <array>
#include <utility>

#include "index/rules/rules.hpp"

namespace mim::index {
namespace {

using Entry = std::pair<int, std::string_view>;
// By number. Source: mongo src/mongo/base/error_codes.yml.
constexpr std::array names{
    Entry{2, "BadValue"},
    Entry{9, "FailedToParse"},
    Entry{13, "Unauthorized"},
    Entry{14, "TypeMismatch"},
    Entry{20, "IllegalOperation"},
    Entry{24, "LockTimeout"},
    Entry{26, "NamespaceNotFound"},
    Entry{27, "IndexNotFound"},
    Entry{48, "NamespaceExists"},
    Entry{50, "MaxTimeMSExpired"},
    Entry{59, "CommandNotFound"},
    Entry{67, "CannotCreateIndex"},
    Entry{68, "IndexAlreadyExists"},
    Entry{72, "InvalidOptions"},
    Entry{73, "InvalidNamespace"},
    Entry{85, "IndexOptionsConflict"},
    Entry{86, "IndexKeySpecsConflict"},
    Entry{100, "UnsatisfiableWriteConcern"},
    Entry{117, "ConflictingOperationInProgress"},
    Entry{161, "IncompatibleCollationVersion"},
    Entry{166, "CommandNotSupportedOnView"},
    Entry{171, "CannotIndexParallelArrays"},
    Entry{181, "AmbiguousIndexKeyPattern"},
    Entry{197, "InvalidIndexSpecificationOption"},
    Entry{201, "CannotBuildIndexKeys"},
    Entry{224, "QueryFeatureNotAllowed"},
    Entry{238, "NotImplemented"},
    Entry{263, "OperationNotSupportedInTransaction"},
    Entry{276, "IndexBuildAborted"},
    Entry{278, "UnsatisfiableCommitQuorum"},
    Entry{285, "IndexBuildAlreadyInProgress"},
    Entry{319, "MovePrimaryInProgress"},
    Entry{323, "APIStrictError"},
    Entry{338, "ReshardCollectionInProgress"},
    Entry{359, "CannotConvertIndexToUnique"},
    Entry{361, "CollectionUUIDMismatch"},
    Entry{370, "CannotDropShardKeyIndex"},
    Entry{371, "UserWritesBlocked"},
    Entry{10107, "NotWritablePrimary"},
    Entry{11000, "DuplicateKey"},
    Entry{11601, "Interrupted"},
    Entry{11602, "InterruptedDueToReplStateChange"},
    Entry{12587, "BackgroundOperationInProgressForNamespace"},
    Entry{14031, "OutOfDiskSpace"},
};

}  // namespace

std::string code_name(int code) {
    const auto at = std::lower_bound(names.begin(), names.end(), code,
                                     [](const Entry& entry, int wanted) { return entry.first < wanted; });
    if (at != names.end() && at->first == code) return std::string(at->second);
    return "Location" + std::to_string(code);
}

}  // namespace mim::index
