#include <algorithm>

#include "bson/builder.hpp"
#include "target/listing.hpp"
#include "target/live_target.hpp"

namespace mim::target {
namespace {

// The same refusal under the code that the caller can act on.
Error as(ErrorCode code, Error error) {
    error.code = code;
    return error;
}

class LiveCollections final : public app::TargetCollections {
  public:
    explicit LiveCollections(Place place) : place_(std::move(place)) {}

    Done create_collection(const std::string& name, Deadline deadline) override {
        MIM_TRY(taken, exists(name, deadline));
        if (taken) return Error(ErrorCode::already_exists, "a collection of this name exists");
        const auto reply = write(place_.database, bson::Builder().add("create", name).take(), deadline);
        if (reply) return {};
        return refusal_code(reply.error()) == server_code::namespace_exists
                   ? as(ErrorCode::already_exists, reply.error())
                   : reply.error();
    }

    Done rename_collection(const std::string& from, const std::string& to, Deadline deadline) override {
        const auto reply = write("admin",
                                 bson::Builder()
                                     .add("renameCollection", place_.database + "." + from)
                                     .add("to", place_.database + "." + to)
                                     .add("dropTarget", false)
                                     .take(),
                                 deadline);
        if (reply) return {};
        switch (refusal_code(reply.error())) {
            case server_code::namespace_not_found:
                return as(ErrorCode::not_found, reply.error());
            case server_code::namespace_exists:
                return as(ErrorCode::already_exists, reply.error());
            default:
                return reply.error();
        }
    }

    Done drop_collection(const std::string& name, Deadline deadline) override {
        const auto reply = write(place_.database, bson::Builder().add("drop", name).take(), deadline);
        if (reply || refusal_code(reply.error()) == server_code::namespace_not_found) return {};
        return reply.error();
    }

    // `count` reads the collection's own figure: cheap at any size, exact but for orphans of a sharded
    // collection and after an unclean shutdown. Zero decides whether data may be dropped, so zero is proved
    // by looking for a document.
    Result<std::int64_t> count_documents(const std::string& name, Deadline deadline) override {
        MIM_TRY(client, place_.connection->quick(deadline));
        MIM_TRY(reply, client.run({place_.database, bson::Builder().add("count", name).take()}, deadline));
        const auto counted = reply.find("n");
        const std::int64_t count = counted ? counted->integer().value_or(0) : 0;
        if (count > 0) return count;
        const bson::Document look = bson::Builder()
                                        .add("find", name)
                                        .add("projection", bson::Builder().add("_id", 1).take())
                                        .add("limit", 1)
                                        .add("singleBatch", true)
                                        .take();
        MIM_TRY(found, client.drain({place_.database, look}, deadline));
        if (found.empty()) return std::int64_t{0};
        return count_by_walking(client, name, deadline);
    }

  private:
    // Asked first: a server may call a second, equal `create` a success.
    Result<bool> exists(const std::string& name, Deadline deadline) {
        MIM_TRY(client, place_.connection->quick(deadline));
        MIM_TRY(listed, list_collections(client, place_.database, std::vector{name}, deadline));
        return std::any_of(listed.begin(), listed.end(),
                           [&](const index::LiveCollection& found) { return found.name == name; });
    }

    Result<std::int64_t> count_by_walking(mongoc::Client& client, const std::string& name,
                                          Deadline deadline) {
        const bson::Document sum = bson::Builder().add("$sum", 1).take();
        const bson::Document group = bson::Builder().add_null("_id").add("n", sum).take();
        const bson::Document stage = bson::Builder().add("$group", group).take();
        const bson::Document body = bson::Builder()
                                        .add("aggregate", name)
                                        .add_array("pipeline", bson::Array().add(stage).take().view())
                                        .add("cursor", bson::Document())
                                        .take();
        MIM_TRY(groups, client.drain({place_.database, body}, deadline));
        if (groups.empty()) return std::int64_t{0};
        const auto counted = groups.front().find("n");
        return counted ? counted->integer().value_or(0) : 0;
    }

    Done write(const std::string& database, bson::Document body, Deadline deadline) {
        MIM_TRY(client, place_.connection->quick(deadline));
        MIM_CHECK(client.run({database, std::move(body), mongoc::Nature::write}, deadline));
        return {};
    }

    Place place_;
};

}  // namespace

std::shared_ptr<app::TargetCollections> create_live_collections(Place place) {
    return std::make_shared<LiveCollections>(std::move(place));
}

}  // namespace mim::target
