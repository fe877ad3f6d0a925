// A live MongoDB database. Blocking, each call with a deadline; thread-safe (a pool of connections stands
// behind it). Errors: target_unreachable, target_authentication, target_not_authorised (with the privilege),
// target_timeout, target_refused (with the server's reply), target_outcome_unknown (a write whose answer was
// lost: list again), target_paused (not tried, because the deployment failed a moment ago),
// target_not_allowed, target_too_large.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/model/database.hpp"
#include "app/ports/stop_signal.hpp"
#include "base/deadline.hpp"
#include "base/result.hpp"
#include "index/definition/live_index.hpp"
#include "index/definition/server_release.hpp"
#include "index/plan/duplicates.hpp"

namespace mim::app {

// Where the feature compatibility version of a server's release is from.
enum class FeatureVersionSource {
    server,     // it told it just now
    last_look,  // it refused this account, and has told it before: the version of its binary is the same
    refused,    // it refused this account, and nobody knows of an earlier answer: there is none
    none        // there is none to be told: a mongos, or a server that does not know the question
};

struct ServerInfo {
    std::string version_text;  // "7.0.14"
    index::ServerRelease release;
    std::string topology;                  // "standalone", "replica set NAME", "sharded", "unknown"
    std::chrono::milliseconds latency{0};  // of one command that a server answers from memory
    FeatureVersionSource feature_version_source = FeatureVersionSource::none;
};

enum class UsageWanted { no, yes };

struct ReadRequest {
    std::optional<std::vector<std::string>> collections;  // none = every collection and view but system ones
    UsageWanted usage = UsageWanted::no;
};

// The state of a running index build, from $currentOp.
struct BuildProgress {
    std::string phase;  // the server's own words: "Index Build: scanning collection"
    std::optional<std::int64_t> done;
    std::optional<std::int64_t> total;
};

// Of a build that runs: `abort` ends it on the server too; `leave` only stops following it, for whoever comes
// next to join it by asking for the same index.
enum class BuildVerdict { go_on, leave, abort };

// Told of a build while it runs, on the thread that called `create_indexes`, at least every
// `progress_interval` (also without figures, when the server shows none).
class BuildObserver {
  public:
    virtual ~BuildObserver() = default;
    virtual BuildVerdict on_progress(const BuildProgress& progress) = 0;
};

class Target {
  public:
    virtual ~Target() = default;
    virtual Result<ServerInfo> probe(Deadline deadline) = 0;
    // In the order asked (all: by name). A collection that does not exist has kind `missing`; one that cannot
    // be read carries its error in `unreadable`. Reads many collections concurrently, bounded.
    virtual Result<std::vector<index::LiveCollection>> read(const ReadRequest& request,
                                                            Deadline deadline) = 0;
    // One createIndexes command for all of `specs`. An index that is there already, as wanted, is a success.
    // cancelled: the observer aborted it and the server's build was ended (or was found ended), or left it.
    // An abort or the deadline ends only what this call has sent: target_unreachable when no connection stood
    // ready before the deadline.
    virtual Done create_indexes(const std::string& collection, const std::vector<index::Spec>& specs,
                                Deadline deadline, BuildObserver& observer) = 0;
    // Ends what the server still builds of `specs`, whoever asked for it. MongoDB ends a build as a whole:
    // all that one command began must be named. Success when nothing of them is being built any more, which
    // may also be because it was finished first.
    virtual Done end_builds(const std::string& collection, const std::vector<index::Spec>& specs,
                            Deadline deadline) = 0;
    // Never `_id_`. Also a success when it is gone already.
    virtual Done drop_index(const std::string& collection, const std::string& name, Deadline deadline) = 0;
    // `change` is the `index` argument of one collMod.
    virtual Done modify_index(const std::string& collection, bson::DocumentView change,
                              Deadline deadline) = 0;
    // Whether documents would have the same key in the unique index `spec`, which may inherit the
    // collection's collation. Reads the whole collection at worst, no longer than the deadline; writes
    // nothing. not_checked where the answer would not be exact.
    virtual Result<index::DuplicateReport> find_duplicates(const std::string& collection,
                                                           const index::Spec& spec, Deadline deadline) = 0;
};

class TargetCollections {
  public:
    virtual ~TargetCollections() = default;
    virtual Done create_collection(const std::string& name, Deadline deadline) = 0;  // already_exists
    virtual Done rename_collection(const std::string& from, const std::string& to,
                                   Deadline deadline) = 0;  // not_found, already_exists
    virtual Done drop_collection(const std::string& name,
                                 Deadline deadline) = 0;  // also when it does not exist
    virtual Result<std::int64_t> count_documents(const std::string& name,
                                                 Deadline deadline) = 0;  // exact; 0 when missing
};

// How the targets of this process stand, for metrics.
struct TargetFigures {
    struct Call {
        std::string_view name;    // "read"; of a small, fixed set
        std::string_view result;  // "ok", or the name of its ErrorCode
        std::int64_t count = 0;   // since the process began
    };
    std::size_t pools_in_use = 0;  // targets whose connections are kept, and that somebody holds
    std::size_t pools_idle = 0;
    std::size_t clients_leased = 0;  // connections that are at work
    // Deployments by the state of their breaker.
    std::size_t breakers_closed = 0;
    std::size_t breakers_open = 0;
    std::size_t breakers_half_open = 0;
    std::int64_t breakers_opened = 0;  // how often since the process began
    std::vector<Call> calls;
};

// Hears which servers answered a call to a database, each by its identity, when there is one that was not
// told before: at the end of that call, on its thread, before the caller has the answer. Thread-safe.
class TargetWitness {
  public:
    virtual ~TargetWitness() = default;
    virtual void answered(const DatabaseId& database, const std::vector<std::string>& servers) = 0;
};

// Opens targets and keeps their pools, bounded, the least recently used closed first. Thread-safe.
class Targets {
  public:
    virtual ~Targets() = default;
    // The driver's own parser plus our limits; invalid_input (field "uri"), its reason free of credentials.
    virtual Done check_uri(const Secret& uri) = 0;
    virtual Result<std::shared_ptr<Target>> open(const Database& database) = 0;
    // For one run of a sync: what would change the target is asked of `signal` at the last moment, when a
    // connection stands ready, and is not sent once the lease is lost: lease_lost. The signal must outlive
    // the target.
    virtual Result<std::shared_ptr<Target>> open_for_run(const Database& database,
                                                         const StopSignal& signal) = 0;
    virtual Result<std::shared_ptr<TargetCollections>> open_collections(const Database& database) = 0;
    // Target::probe for somebody who wants to know: it is tried even while calls are kept back, and when it
    // answers they are no longer. Errors as of `open` and `probe`.
    virtual Result<ServerInfo> test(const Database& database, Deadline deadline) = 0;
    // Whether a call now would surely be answered target_paused.
    virtual bool is_paused(const Database& database) = 0;
    virtual void forget(
        const DatabaseId& database) = 0;  // after an update or removal: closes its pool when idle
    virtual TargetFigures figures() = 0;
};

// `mongodb://user:***@host/…`: the password of any URI, valid or not, replaced.
[[nodiscard]] std::string masked_uri(const Secret& uri);
inline constexpr std::string_view password_mask = "***";

}  // namespace mim::app
