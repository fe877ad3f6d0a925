// Index builds that take time: each has a timer, a progress computed from the time gone by, and ends once:
// finished, aborted, or interrupted. Runs on the sandbox's thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "sandbox/catalog/catalog.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox {

struct Build {
    std::shared_ptr<const Request> request;  // the createIndexes command; its operation id is the client's
    std::int64_t worker_operation_id = 0;    // of the server's own thread, which shows the progress
    catalog::Name collection;
    std::string uuid;
    std::set<std::string> indexes;  // names
    std::vector<index::Spec> specs;
    std::int64_t total = 0;  // documents to scan, for the progress
    std::chrono::milliseconds duration{0};
    // Called once, with none when the time is over, else with what ended it early.
    std::function<void(std::optional<Refusal>)> ended;
};

struct RunningBuild {
    Build build;
    std::chrono::steady_clock::time_point started;
    boost::asio::steady_timer timer;
    std::vector<std::function<void()>> waiting;  // commands that asked for the same indexes

    [[nodiscard]] std::chrono::milliseconds running_for() const;
    [[nodiscard]] std::int64_t done() const;  // documents scanned
};

class Builds {
  public:
    explicit Builds(boost::asio::io_context& context) : context_(&context) {}

    void start(Build build);
    using Predicate = std::function<bool(const Build&)>;
    // Ends every build that the predicate picks; how many.
    std::size_t end(const Predicate& predicate, const Refusal& reason);
    // How long every build that the predicate picks takes from its begin on; what has run for longer ends
    // now.
    void set_duration(const Predicate& predicate, std::chrono::milliseconds duration);
    // Calls back when the build of this index is over, however it ended.
    void wait_for(const catalog::Name& collection, const std::string& index, std::function<void()> callback);
    [[nodiscard]] std::vector<const RunningBuild*> running() const;
    [[nodiscard]] std::vector<const RunningBuild*> running_on(const catalog::Name& collection) const;

  private:
    void await_end(const std::shared_ptr<RunningBuild>& running);
    void finish(const std::shared_ptr<RunningBuild>& running, std::optional<Refusal> reason);

    boost::asio::io_context* context_;
    std::vector<std::shared_ptr<RunningBuild>> running_;
};

}  // namespace mim::sandbox
