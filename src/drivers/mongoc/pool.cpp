#include "drivers/mongoc/pool.hpp"

#include <future>
#include <memory>
#include <thread>

#include "drivers/mongoc/error.hpp"
#include "drivers/mongoc/library.hpp"

namespace mim::drivers::mongoc {
namespace {

using std::chrono::milliseconds;

void set(mongoc_uri_t* uri, const char* option, milliseconds span) {
    mongoc_uri_set_option_as_int32(uri, option, static_cast<std::int32_t>(span.count()));
}

void close_elsewhere(mongoc_client_pool_t* raw, milliseconds patience) {
    const auto closed = std::make_shared<std::promise<void>>();
    auto done = closed->get_future();
    std::thread([raw, closed] {
        mongoc_client_pool_destroy(raw);
        closed->set_value();
    }).detach();
    done.wait_for(patience);
}

}  // namespace

Result<Pool> Pool::open(const Uri& uri, const PoolSettings& settings) {
    initialise();
    const UriHandle bounded = uri.copy();
    set(bounded.get(), MONGOC_URI_CONNECTTIMEOUTMS, settings.connect_timeout);
    set(bounded.get(), MONGOC_URI_SERVERSELECTIONTIMEOUTMS, settings.server_selection_timeout);
    set(bounded.get(), MONGOC_URI_SOCKETTIMEOUTMS, settings.socket_timeout);
    set(bounded.get(), MONGOC_URI_WAITQUEUETIMEOUTMS, settings.wait_for_client);
    mongoc_uri_set_option_as_int32(bounded.get(), MONGOC_URI_MAXPOOLSIZE, settings.most_clients);
    mongoc_uri_set_option_as_int32(bounded.get(), MONGOC_URI_MINPOOLSIZE, 0);
    mongoc_uri_set_appname(bounded.get(), settings.application_name.c_str());

    bson_error_t error{};
    mongoc_client_pool_t* const raw = mongoc_client_pool_new_with_error(bounded.get(), &error);
    if (raw == nullptr) return translate(error, nullptr, Attempt{"connect"}).error;
    mongoc_client_pool_set_error_api(raw, MONGOC_ERROR_API_VERSION_2);
    PoolHandle handle(raw, [patience = settings.wait_for_close](mongoc_client_pool_t* closing) {
        close_elsewhere(closing, patience);
    });
    return Pool(std::move(handle), settings);
}

Result<Client> Pool::lease() const {
    LeasedClient client(mongoc_client_pool_pop(handle_.get()), GiveBack{handle_});
    if (!client) {
        return Error(ErrorCode::target_timeout, "every connection to the target was busy for " +
                                                    std::to_string(settings_.wait_for_client.count()) +
                                                    " ms");
    }
    return Client(std::move(client), settings_.socket_timeout);
}

}  // namespace mim::drivers::mongoc
