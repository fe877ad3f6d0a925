#include "main/store_opening.hpp"

#include "base/clock.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

constexpr const char* store_file = "mim.db";
// For what asks the store besides requests and workers: readiness, the queue, its feeder.
constexpr int spare_connections = 4;

Result<OpenStore> open_embedded(const ServeSettings& settings) {
    MIM_TRY(file, store::open_sqlite_file({.file = settings.data / store_file}, system_clock()));
    auto stores = store::create_sqlite_stores(file);
    const auto answers = [&users = *stores.users]() -> Done {
        MIM_CHECK(users.count());
        return {};
    };
    return OpenStore{std::move(file), std::move(stores), answers};
}

Result<OpenStore> open_deployment(const ServeSettings& settings) {
    store::MongoDeployment deployment;
    deployment.uri = settings.store;
    // A worker's lease keeper asks beside the worker.
    deployment.most_connections =
        static_cast<int>(settings.request_threads + 2 * settings.workers) + spare_connections;
    auto link = store::open_mongodb(deployment, system_clock());
    if (!link) {
        auto error = std::move(link).error();
        for (auto& field : error.fields) field.path = "--store";
        return error;
    }
    return OpenStore{nullptr, store::create_mongodb_stores(*link),
                     [link = *link] { return store::ping(*link); }};
}

}  // namespace

Result<OpenStore> open_store(const ServeSettings& settings) {
    return settings.store.empty() ? open_embedded(settings) : open_deployment(settings);
}

}  // namespace mim::main
