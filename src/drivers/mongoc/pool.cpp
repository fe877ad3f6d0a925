#include "drivers/mongoc/pool.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include "drivers/mongoc/error.hpp"
#include "drivers/mongoc/library.hpp"

namespace mim::drivers::mongoc {
namespace {

using std::chrono::milliseconds;

// What is longer than libmongoc can count is as long as it can.
void set(mongoc_uri_t* uri, const char* option, milliseconds span) {
    constexpr milliseconds longest(std::numeric_limits<std::int32_t>::max());
    mongoc_uri_set_option_as_int32(uri, option, static_cast<std::int32_t>(std::min(span, longest).count()));
}

}  // namespace

Result<Pool> Pool::open(const Uri& uri, const PoolSettings& settings) {
    initialise();
    const UriHandle bounded = uri.copy();
    set(bounded.get(), MONGOC_URI_CONNECTTIMEOUTMS, settings.connect_timeout);
    set(bounded.get(), MONGOC_URI_SERVERSELECTIONTIMEOUTMS, settings.server_selection_timeout);
    set(bounded.get(), MONGOC_URI_SOCKETTIMEOUTMS, settings.socket_timeout);
    mongoc_uri_set_option_as_int32(bounded.get(), MONGOC_URI_MAXPOOLSIZE, settings.most_clients);
    mongoc_uri_set_option_as_int32(bounded.get(), MONGOC_URI_MINPOOLSIZE, 0);
    mongoc_uri_set_appname(bounded.get(), settings.application_name.c_str());

    const ReachScope scope(settings.reach);
    bson_error_t error{};
    mongoc_client_pool_t* const raw = mongoc_client_pool_new_with_error(bounded.get(), &error);
    if (raw == nullptr) return translate(error, nullptr, Attempt{"connect"}).error;
    mongoc_client_pool_set_error_api(raw, MONGOC_ERROR_API_VERSION_2);
    return Pool(std::make_shared<SharedPool>(raw, static_cast<std::size_t>(settings.most_clients),
                                             settings.wait_for_close, settings.reach),
                settings);
}

Result<Client> Pool::lease(Deadline deadline) const {
    const auto began = std::chrono::steady_clock::now();
    LeasedClient client(handle_->take(deadline.at_most(settings_.wait_for_client)), GiveBack{handle_});
    if (!client) {
        const auto waited =
            std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
        return Error(ErrorCode::target_timeout,
                     "every connection to the target was busy for " + std::to_string(waited.count()) + " ms");
    }
    return Client(std::move(client), settings_.socket_timeout);
}

}  // namespace mim::drivers::mongoc
