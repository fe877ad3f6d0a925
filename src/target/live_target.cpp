#include "target/live_target.hpp"

#include "bson/builder.hpp"
#include "index/definition/spec.hpp"
#include "target/build.hpp"
#include "target/build_end.hpp"
#include "target/duplicates.hpp"
#include "target/listing.hpp"
#include "target/reading.hpp"
#include "target/shard_replies.hpp"

namespace mim::target {
namespace {

class LiveTarget final : public app::Target {
  public:
    LiveTarget(std::shared_ptr<Shared> shared, Place place, const app::StopSignal& signal)
        : shared_(std::move(shared)), place_(std::move(place)), signal_(signal) {}

    Result<app::ServerInfo> probe(Deadline deadline) override { return target::probe(place_, deadline); }

    Result<std::vector<index::LiveCollection>> read(const app::ReadRequest& request,
                                                    Deadline deadline) override {
        return read_collections(place_, shared_->readers, shared_->settings, request, deadline);
    }

    Done create_indexes(const std::string& collection, const std::vector<index::Spec>& specs,
                        Deadline deadline, app::BuildObserver& observer) override {
        return build_indexes(place_, shared_->builders, shared_->settings, shared_->logger,
                             {collection, specs}, deadline, observer, signal_);
    }

    Done end_builds(const std::string& collection, const std::vector<index::Spec>& specs,
                    Deadline deadline) override {
        const BuildRequest request{collection, specs};
        return target::end_builds({place_, request, signal_}, deadline);
    }

    Done drop_index(const std::string& collection, const std::string& name, Deadline deadline) override {
        // "*" would drop every index, and the server refuses `_id_` anyway.
        if (name.empty() || name == "*" || name == "_id_") {
            return invalid_field("name", "an index of this name is never dropped");
        }
        const auto reply =
            write("dropIndexes", bson::Builder().add("dropIndexes", collection).add("index", name).take(),
                  deadline);
        if (!reply && (refusal_code(reply.error()) == server_code::index_not_found ||
                       refusal_code(reply.error()) == server_code::namespace_not_found)) {
            return {};
        }
        return reply;
    }

    Done modify_index(const std::string& collection, bson::DocumentView change, Deadline deadline) override {
        return write("collMod", bson::Builder().add("collMod", collection).add("index", change).take(),
                     deadline);
    }

    Result<index::DuplicateReport> find_duplicates(const std::string& collection, const index::Spec& spec,
                                                   Deadline deadline) override {
        return target::find_duplicates(place_, collection, spec, deadline);
    }

  private:
    Done write(std::string_view name, bson::Document body, Deadline deadline) {
        MIM_TRY(client, place_.connection->quick(deadline));
        MIM_CHECK(client.make_ready(deadline));
        if (signal_.lease_lost()) return lease_has_ended();
        MIM_TRY(reply, client.run({place_.database, std::move(body), mongoc::Nature::write}, deadline));
        return check_shards(reply.view(), name, place_.connection->secrets);
    }

    std::shared_ptr<Shared> shared_;
    Place place_;
    const app::StopSignal& signal_;
};

}  // namespace

std::shared_ptr<app::Target> create_live_target(std::shared_ptr<Shared> shared, Place place,
                                                const app::StopSignal& signal) {
    return std::make_shared<LiveTarget>(std::move(shared), std::move(place), signal);
}

}  // namespace mim::target
