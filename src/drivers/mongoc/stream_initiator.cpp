#include "drivers/mongoc/stream_initiator.hpp"

#include <algorithm>

#include "base/contained.hpp"
#include "drivers/mongoc/endpoint.hpp"
#include "drivers/mongoc/guarded_stream.hpp"

namespace mim::drivers::mongoc {
namespace {

using Endpoints = std::vector<Endpoint>;

Error not_allowed(Conversation& conversation, const std::string& why) {
    conversation.object(why);
    return {ErrorCode::target_not_allowed, why};
}

Result<Endpoints> of_socket_file(Conversation& conversation, const std::string& path) {
    const auto& policy = conversation.terms().policy;
    const auto objection = policy ? policy->objection_to_socket(path) : std::nullopt;
    if (objection) return not_allowed(conversation, *objection);
    MIM_TRY(endpoint, socket_file(path));
    return Endpoints{endpoint};
}

// An address that is refused is left out; that all are is the refusal of the host.
Result<Endpoints> allowed(Conversation& conversation, const std::string& host, Endpoints endpoints) {
    const auto& policy = conversation.terms().policy;
    if (!policy) return endpoints;
    std::optional<std::string> objection;
    std::erase_if(endpoints, [&](const Endpoint& endpoint) {
        const auto address = IpAddress::of(endpoint.generic());
        auto reason = address ? policy->objection(host, *address) : std::optional<std::string>();
        if (!reason) return false;
        if (!objection) objection = std::move(reason);
        return true;
    });
    if (endpoints.empty() && objection) return not_allowed(conversation, *objection);
    return endpoints;
}

Result<Endpoints> endpoints_of(Conversation& conversation, const mongoc_host_list_t& host) {
    if (conversation.until().passed()) return Error(ErrorCode::target_timeout, "timeout");
    if (!conversation.admit(host.host_and_port))
        return Error(ErrorCode::target_refused,
                     "the deployment names more members than " + std::to_string(most_members));
    if (host.family == AF_UNIX) return of_socket_file(conversation, host.host);
    const Deadline deadline = conversation.until().at_most(conversation.terms().connect_timeout);
    MIM_TRY(found, look_up(host.host, host.port, deadline));
    return allowed(conversation, host.host, std::move(found));
}

// Never null: libmongoc 1.23 waits for a lock of its own for ever when no stream is made for a member that it
// learnt of while it looks at the others. What must not be connected to is a stream that is broken already.
mongoc_stream_t* initiate(const mongoc_uri_t*, const mongoc_host_list_t* host, void* user_data,
                          bson_error_t*) {
    auto& conversation = *static_cast<Conversation*>(user_data);
    const auto endpoints = contained([&] { return endpoints_of(conversation, *host); });
    if (!endpoints) return new GuardedStream(conversation, host->host_and_port, endpoints.error().message);
    return new GuardedStream(conversation, host->host, host->host_and_port, Dialing(*endpoints));
}

}  // namespace

void guard_streams(mongoc_client_t* client, Conversation& conversation) {
    mongoc_client_set_stream_initiator(client, initiate, &conversation);
}

}  // namespace mim::drivers::mongoc
