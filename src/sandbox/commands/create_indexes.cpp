// createIndexes: judged, then built at once or, when the sandbox is told so, in the time that a build takes.
#include <array>

#include <boost/asio/steady_timer.hpp>

#include "bson/builder.hpp"
#include "sandbox/catalog/uuid.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/index_request.hpp"

namespace mim::sandbox::commands {
namespace {

using catalog::Collection;
using catalog::IndexEntry;

// What the reply will tell; a build that takes time carries it along.
struct Numbers {
    std::int32_t before = 0;
    std::int32_t after = 0;
    std::optional<bool> created_collection;    // untold where there was nothing to do
    std::optional<bson::Value> commit_quorum;  // of what is built
    const char* note = nullptr;

    [[nodiscard]] bson::Document reply() const {
        bson::Builder reply;
        reply.add("numIndexesBefore", before).add("numIndexesAfter", after);
        if (created_collection) reply.add("createdCollectionAutomatically", *created_collection);
        if (commit_quorum) reply.add("commitQuorum", *commit_quorum);
        if (note != nullptr) reply.add("note", note);
        return reply.take();
    }
};

Refusal build_failed(const std::string& build_uuid, const Collection& collection, const Refusal& cause) {
    Refusal refusal = cause;
    refusal.message = "Index build failed: " + build_uuid + ": Collection " + collection.full_name() + " ( " +
                      collection.uuid() + " ) :: caused by :: " + cause.message;
    return refusal;
}

Accepted check_builds(const Collection& collection, const std::vector<index::Spec>& specs,
                      const std::string& uuid) {
    for (const auto& spec : specs) {
        const auto checked = collection.check_build(spec);
        if (!checked) return build_failed(uuid, collection, checked.error());
    }
    return {};
}

void remove_all(Collection& collection, const std::vector<index::Spec>& specs) {
    for (const auto& spec : specs) collection.remove_index(spec.name);
}

Reply build_now(Instance& instance, Collection& collection, const std::vector<index::Spec>& specs,
                const Numbers& numbers) {
    MIM_CHECK(check_builds(collection, specs, catalog::new_uuid()));
    for (const auto& spec : specs)
        collection.add_index({spec, IndexEntry::State::ready, {}, 0, instance.catalog.now()});
    instance.history.built(collection.full_name(), specs);
    return numbers.reply();
}

// The end of a build that took time. The collection is looked up anew: it may be gone.
Reply complete(Instance& instance, const catalog::Name& name, const std::string& uuid,
               const std::vector<index::Spec>& specs, const Numbers& numbers) {
    Collection* collection = instance.catalog.find(name);
    if (collection == nullptr)
        return refuse(server_code::namespace_not_found, "ns does not exist: " + name.text());
    if (const auto checked = check_builds(*collection, specs, uuid); !checked) {
        remove_all(*collection, specs);
        return checked.error();
    }
    for (const auto& spec : specs) {
        IndexEntry* entry = collection->find_index(spec.name);
        if (entry == nullptr) continue;
        entry->state = IndexEntry::State::ready;
        entry->build_uuid.clear();
        entry->counting_since = instance.catalog.now();
    }
    instance.history.built(name.text(), specs);
    return numbers.reply();
}

// maxTimeMS: ends the build when it takes longer.
void limit_time(Instance& instance, const Request& request) {
    const auto limit = request.body.find("maxTimeMS");
    const auto millis = limit ? limit->integer().value_or(0) : 0;
    if (millis <= 0) return;
    auto timer =
        std::make_shared<boost::asio::steady_timer>(*instance.context, std::chrono::milliseconds(millis));
    const auto operation = request.operation_id;
    timer->async_wait([timer, &instance, operation](const boost::system::error_code& error) {
        if (error) return;
        instance.builds.end([&](const Build& build) { return build.request->operation_id == operation; },
                            refuse(server_code::max_time_ms_expired, "operation exceeded time limit"));
    });
}

void build_slowly(Instance& instance, Collection& collection, const std::shared_ptr<const Request>& request,
                  const std::vector<index::Spec>& specs, const Numbers& numbers, Continue done) {
    constexpr std::int64_t total_of_an_empty_collection = 1000;
    Build build;
    build.request = request;
    build.worker_operation_id = ++instance.last_operation_id;
    build.collection = *catalog::Name::parse(collection.full_name());
    build.uuid = catalog::new_uuid();
    build.total = static_cast<std::int64_t>(collection.documents().size());
    if (build.total == 0) build.total = total_of_an_empty_collection;
    build.duration = instance.build_time(collection.full_name());
    build.specs = specs;
    const std::string marked = instance.is_replicated() ? build.uuid : std::string();
    for (const auto& spec : specs) {
        build.indexes.insert(spec.name);
        collection.add_index({spec, IndexEntry::State::building, marked, 0, instance.catalog.now()});
    }
    build.ended = [&instance, name = build.collection, uuid = build.uuid, specs, numbers,
                   done = std::move(done)](const std::optional<Refusal>& reason) {
        if (!reason) return done(complete(instance, name, uuid, specs, numbers));
        Collection* still_there = instance.catalog.find(name);
        if (still_there != nullptr) remove_all(*still_there, specs);
        done(*reason);
    };
    instance.builds.start(std::move(build));
    limit_time(instance, *request);
}

Numbers numbers_of(const Collection& collection, const IndexDecision& decision) {
    Numbers numbers;
    numbers.before = collection.index_count();
    numbers.after = numbers.before + static_cast<std::int32_t>(decision.fresh.size());
    if (decision.already_there > 0)
        numbers.note = decision.fresh.empty() ? "all indexes already exist" : "index already exists";
    return numbers;
}

void create_indexes(Instance& instance, const std::shared_ptr<const Request>& request, Continue done) {
    const auto wanted = read_index_request(instance, *request);
    if (!wanted) return done(wanted.error());
    const auto decision = decide(instance, *wanted);
    if (!decision) return done(decision.error());
    const auto& name = wanted->collection;
    if (decision->unfinished) {
        const auto again = [&instance, request, done] { create_indexes(instance, request, done); };
        return instance.builds.wait_for(name, *decision->unfinished, again);
    }
    Collection* collection = instance.catalog.find(name);
    const bool creates_collection = collection == nullptr;
    if (creates_collection) collection = &instance.catalog.create(name, {});
    Numbers numbers = numbers_of(*collection, *decision);
    if (creates_collection || !decision->fresh.empty()) numbers.created_collection = creates_collection;
    if (!decision->fresh.empty()) numbers.commit_quorum = wanted->commit_quorum;
    instance.history.repeated(name.text(), static_cast<std::int64_t>(decision->already_there));
    if (decision->fresh.empty()) return done(numbers.reply());
    if (instance.build_time(name.text()).count() == 0)
        return done(build_now(instance, *collection, decision->fresh, numbers));
    build_slowly(instance, *collection, request, decision->fresh, numbers, std::move(done));
}

constexpr std::array create_indexes_commands{Command{"createIndexes", &create_indexes}};

}  // namespace

Family create_indexes_family() {
    return create_indexes_commands;
}

}  // namespace mim::sandbox::commands
