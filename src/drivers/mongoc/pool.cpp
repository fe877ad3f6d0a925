#include "drivers/mongoc/pool.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>

#include "drivers/mongoc/library.hpp"
#include "drivers/mongoc/seed_list.hpp"

namespace mim::drivers::mongoc {
namespace {

using std::chrono::milliseconds;

// What is longer than libmongoc can count is as long as it can.
void set(mongoc_uri_t* uri, const char* option, milliseconds span) {
    constexpr milliseconds longest(std::numeric_limits<std::int32_t>::max());
    mongoc_uri_set_option_as_int32(uri, option, static_cast<std::int32_t>(std::min(span, longest).count()));
}

// Who signs in with the machine's own credentials makes libmongoc fetch them, by connections that no stream
// of ours is asked for.
std::optional<std::string> objection_to_sign_in(const mongoc_uri_t* uri, const TargetPolicy& policy) {
    constexpr const char* where_clouds_hand_them_out = "169.254.169.254";
    const char* const mechanism = mongoc_uri_get_auth_mechanism(uri);
    if (mechanism == nullptr) return std::nullopt;
    const std::string_view name(mechanism);
    const bool fetches =
        name == "MONGODB-OIDC" || (name == "MONGODB-AWS" && mongoc_uri_get_password(uri) == nullptr);
    if (!fetches) return std::nullopt;
    return policy.objection(where_clouds_hand_them_out, *IpAddress::parse(where_clouds_hand_them_out));
}

}  // namespace

Result<Pool> Pool::open(const Uri& uri, const PoolSettings& settings) {
    initialise();
    UriHandle bounded = uri.copy();
    if (settings.policy) {
        if (auto objection = objection_to_sign_in(bounded.get(), *settings.policy))
            return Error(ErrorCode::target_not_allowed, "connect: " + *objection);
    }
    set(bounded.get(), MONGOC_URI_CONNECTTIMEOUTMS, settings.connect_timeout);
    set(bounded.get(), MONGOC_URI_SERVERSELECTIONTIMEOUTMS, settings.server_selection_timeout);
    set(bounded.get(), MONGOC_URI_SOCKETTIMEOUTMS, settings.socket_timeout);
    // One look at the members a call, so that libmongoc never sleeps beyond a deadline that it does not know.
    mongoc_uri_set_option_as_bool(bounded.get(), MONGOC_URI_SERVERSELECTIONTRYONCE, true);
    // What is compressed would have to be unpacked to be judged.
    mongoc_uri_set_compressors(bounded.get(), nullptr);
    mongoc_uri_set_appname(bounded.get(), settings.application_name.c_str());
    if (uri.looks_up_hosts()) {
        MIM_TRY(resolved, with_hosts_looked_up(bounded.get()));
        bounded = std::move(resolved);
    }
    auto pool = std::make_shared<ClientPool>(std::move(bounded), settings);
    // What keeps every client from being made shows now: certificate files that are not there.
    MIM_CHECK(pool->make());
    return Pool(std::move(pool));
}

Result<Client> Pool::lease(Deadline deadline) const {
    const auto began = std::chrono::steady_clock::now();
    auto caller = handle_->take(deadline.at_most(handle_->settings().wait_for_client));
    if (!caller && caller.error().code == ErrorCode::target_timeout) {
        const auto waited =
            std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
        return Error(ErrorCode::target_timeout,
                     "every connection to the target was busy for " + std::to_string(waited.count()) + " ms");
    }
    if (!caller) return std::move(caller).error();
    return Client(handle_, std::move(*caller));
}

}  // namespace mim::drivers::mongoc
