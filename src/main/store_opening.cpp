#include "main/store_opening.hpp"

#include "app/places.hpp"
#include "base/clock.hpp"
#include "main/store_lock.hpp"
#include "main/store_place.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/sealing_database_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

// For what asks the store besides requests and workers: readiness, the queue, its feeder.
constexpr int spare_connections = 4;

store::Stores sealing(store::Stores stores, const drivers::crypto::SecretBox& box, const Secret& own_store) {
    auto sealed = store::create_sealing_database_store(std::move(stores.databases), box);
    stores.databases = app::create_place_keeper(std::move(sealed), place_of_store(own_store));
    return stores;
}

Result<OpenStore> open_embedded(const ServeSettings& settings, const drivers::crypto::SecretBox& box) {
    MIM_TRY(lock, lock_embedded_store(settings, drivers::files::Sharing::with_others));
    MIM_TRY(file, store::open_sqlite_file({.file = embedded_store(settings)}, system_clock()));
    auto stores = sealing(store::create_sqlite_stores(file), box, settings.store);
    auto uris = store::create_sqlite_stored_uris(file);
    const auto answers = [&users = *stores.users]() -> Done {
        MIM_CHECK(users.count());
        return {};
    };
    return OpenStore{std::move(file), std::move(stores), std::move(uris), answers, std::move(lock)};
}

Result<OpenStore> open_deployment(const ServeSettings& settings, const drivers::crypto::SecretBox& box) {
    store::MongoDeployment deployment;
    deployment.uri = settings.store;
    deployment.servers = std::make_shared<drivers::mongoc::KnownServers>();
    // There are as many threads for requests that ask targets as for others; a worker's lease keeper asks
    // beside the worker.
    deployment.most_connections =
        2 * static_cast<int>(settings.http.work_threads) + 2 * settings.work.workers + spare_connections;
    auto link = store::open_mongodb(deployment, system_clock());
    if (!link) {
        auto error = std::move(link).error();
        for (auto& field : error.fields) field.path = "--store";
        return error;
    }
    auto own = std::make_shared<const drivers::mongoc::OwnDatabase>(
        drivers::mongoc::OwnDatabase{store::database_of(**link), deployment.servers});
    return OpenStore{nullptr,
                     sealing(store::create_mongodb_stores(*link), box, settings.store),
                     store::create_mongodb_stored_uris(*link),
                     [link = *link] { return store::ping(*link); },
                     std::nullopt,
                     std::move(own)};
}

}  // namespace

std::filesystem::path embedded_store(const ServeSettings& settings) {
    return settings.data / "mim.db";
}

Result<OpenStore> open_store(const ServeSettings& settings, const drivers::crypto::SecretBox& box) {
    return settings.store.empty() ? open_embedded(settings, box) : open_deployment(settings, box);
}

}  // namespace mim::main
