// The public keys that verify tokens, for whoever wants to check one without asking us.
#include "http/route.hpp"

namespace mim::http {

Result<Response> public_keys(const Context& context, const Request&) {
    Response response;
    response.content_type = "application/jwk-set+json";
    response.body = context.api.public_keys;
    return response;
}

}  // namespace mim::http
