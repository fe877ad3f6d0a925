#include "target/build.hpp"

#include <condition_variable>

#include "base/contained.hpp"
#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "target/build_end.hpp"
#include "target/build_progress.hpp"
#include "target/listing.hpp"
#include "target/shard_replies.hpp"

namespace mim::target {
namespace {

constexpr std::string_view command_name = "createIndexes";
constexpr std::chrono::milliseconds abort_look_interval{50};

// The command in a helper's hands. Owned by both threads: the helper may outlive the call on a silent server.
class Work {
  public:
    enum class Phase { queued, ready, running, finished, withdrawn };

    // Of the helper, when only sending is left: waits for leave to send. False when it was withdrawn.
    [[nodiscard]] bool may_send() {
        std::unique_lock lock(mutex_);
        if (phase_ == Phase::queued) phase_ = Phase::ready;
        changed_.notify_all();
        changed_.wait(lock, [this] { return phase_ != Phase::ready; });
        return phase_ == Phase::running;
    }
    // Of the caller, when the helper is ready.
    void send() {
        const std::scoped_lock lock(mutex_);
        if (phase_ == Phase::ready) phase_ = Phase::running;
        changed_.notify_all();
    }
    void finish(Result<bson::Document> reply) {
        const std::scoped_lock lock(mutex_);
        reply_ = std::move(reply);
        phase_ = Phase::finished;
        changed_.notify_all();
    }
    // True when it was never sent and never will be.
    bool withdraw() {
        const std::scoped_lock lock(mutex_);
        if (phase_ == Phase::queued || phase_ == Phase::ready) phase_ = Phase::withdrawn;
        changed_.notify_all();
        return phase_ == Phase::withdrawn;
    }
    // Until it is ready or finished, but not beyond `until`.
    [[nodiscard]] Phase wait(Deadline until) {
        std::unique_lock lock(mutex_);
        changed_.wait_until(lock, until.when(),
                            [this] { return phase_ == Phase::ready || phase_ == Phase::finished; });
        return phase_;
    }
    // Once it is finished.
    [[nodiscard]] const Result<bson::Document>& reply() const { return *reply_; }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Phase phase_ = Phase::queued;
    std::optional<Result<bson::Document>> reply_;
};

// Its answer is waited for while the build is being ended: that tells how it ended.
mongoc::Command create_command(const std::string& database, const BuildRequest& request,
                               std::chrono::milliseconds grace) {
    bson::Array indexes;
    for (const index::Spec& spec : request.specs) indexes.add(index::sent_form(spec).to_document());
    return {database,
            bson::Builder()
                .add(command_name, request.collection)
                .add_array("indexes", indexes.take().view())
                .take(),
            mongoc::Nature::write, mongoc::ServerLimit::deadline, grace};
}

class WatchedBuild {
  public:
    WatchedBuild(const Place& place, const TargetSettings& settings, Logger& logger,
                 const BuildRequest& request, const app::StopSignal& signal)
        : place_(place),
          settings_(settings),
          logger_(logger),
          request_(request),
          signal_(signal),
          end_(place, request, signal),
          watch_(place, request.collection) {}
    // Whatever ends the watching, nothing is sent after it.
    ~WatchedBuild() { work_->withdraw(); }
    WatchedBuild(const WatchedBuild&) = delete;
    WatchedBuild& operator=(const WatchedBuild&) = delete;

    Done run(Workers& workers, Deadline deadline, app::BuildObserver& observer) {
        workers.run([work = work_, place = place_,
                     command = create_command(place_.database, request_, settings_.abort_grace), deadline] {
            const auto carried_out = contained([&]() -> Done {
                MIM_TRY(client, place.connection->patient(deadline));
                MIM_CHECK(client.make_ready(deadline));
                if (work->may_send()) work->finish(client.run(command, deadline));
                return {};
            });
            if (!carried_out) work->finish(carried_out.error());
        });
        while (!deadline.passed()) {
            const auto phase = work_->wait(deadline.at_most(settings_.progress_interval));
            if (phase == Work::Phase::finished) return judge(work_->reply());
            if (deadline.passed()) break;
            if (phase == Work::Phase::ready) {
                if (signal_.lease_lost()) return lease_has_ended();
                work_->send();
                continue;
            }
            switch (observer.on_progress(watch_.look(deadline))) {
                case app::BuildVerdict::go_on:
                    continue;
                case app::BuildVerdict::leave:
                    return Error(ErrorCode::cancelled, "the index build was left to the server");
                case app::BuildVerdict::abort:
                    if (work_->withdraw()) return Error(ErrorCode::cancelled, "the index build was not sent");
                    return end(Error(ErrorCode::cancelled, "the index build was ended on request"));
            }
        }
        if (work_->withdraw())
            return Error(ErrorCode::target_unreachable,
                         "no connection stood ready in time: nothing was sent");
        return end(
            Error(ErrorCode::target_timeout, "the index build took longer than allowed and was ended"));
    }

  private:
    using Dropped = BuildEnd::Dropped;

    // Ends the build that was sent, then says so with `reason`.
    Done end(Error reason) {
        Dropped dropped = Dropped::no;
        std::string obstacle = "the server did not confirm its end in time";
        const Deadline until = Deadline::after(settings_.abort_grace);
        while (!until.passed()) {
            const auto outcome = end_.drop_unfinished(until);
            if (!outcome && outcome.error().code == ErrorCode::lease_lost) return outcome.error();
            if (outcome && *outcome == Dropped::yes) dropped = Dropped::yes;
            if (!outcome) obstacle = outcome.error().message;
            if (work_->wait(until.at_most(abort_look_interval)) == Work::Phase::finished) {
                return judge_ended(work_->reply(), dropped, std::move(reason));
            }
        }
        return Error(ErrorCode::target_outcome_unknown, "the index build could not be ended: " + obstacle);
    }

    Done judge_ended(const Result<bson::Document>& reply, Dropped dropped, Error reason) {
        if (dropped == Dropped::yes) return reason;
        if (reply) return judge(reply);
        const Error& error = reply.error();
        if (refusal_code(error) == server_code::index_build_aborted ||
            error.code == ErrorCode::target_timeout)
            return reason;
        if (error.code != ErrorCode::target_outcome_unknown) return error;
        // The answer is lost; the server still knows whether anything is being built.
        const Deadline until = Deadline::after(settings_.abort_grace);
        const auto names = end_.unfinished(until);
        return names && names->empty() ? std::move(reason) : error;
    }

    Done judge(const Result<bson::Document>& reply) {
        if (!reply) return reply.error();
        MIM_CHECK(check_shards(reply->view(), command_name, place_.connection->secrets));
        const auto unconfirmed = reply->find("writeConcernError");
        if (const auto concern = unconfirmed ? unconfirmed->document() : std::nullopt) {
            const auto code = concern->find("code");
            logger_.warning("target.write_concern_unconfirmed",
                            {{"database", place_.database},
                             {"collection", request_.collection},
                             {"code", code ? code->integer().value_or(0) : 0}});
        }
        return {};
    }

    const Place& place_;
    const TargetSettings& settings_;
    Logger& logger_;
    const BuildRequest& request_;
    const app::StopSignal& signal_;
    BuildEnd end_;
    ProgressWatch watch_;
    std::shared_ptr<Work> work_ = std::make_shared<Work>();
};

}  // namespace

Error lease_has_ended() {
    return {ErrorCode::lease_lost, "the lease of this sync has ended: nothing more is sent"};
}

Done build_indexes(const Place& place, Workers& workers, const TargetSettings& settings, Logger& logger,
                   const BuildRequest& request, Deadline deadline, app::BuildObserver& observer,
                   const app::StopSignal& signal) {
    if (request.specs.empty()) return {};
    return WatchedBuild(place, settings, logger, request, signal).run(workers, deadline, observer);
}

}  // namespace mim::target
