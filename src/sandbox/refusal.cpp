#include "sandbox/refusal.hpp"

#include <stdexcept>

#include "bson/builder.hpp"

namespace mim::sandbox {
bson::Document Refusal::reply() const {
    bson::Builder reply;
    reply.add("ok", 0.0).add("errmsg", message).add("code", code).add("codeName", server_code::name_of(code));
    return reply.add_all(details).take();
}

Refusal refuse(int code, std::string message) {
    return {code, std::move(message), {}};
}
Refusal refuse(const index::Rejection& rejection) {
    return {rejection.code, rejection.message, {}};
}

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
    throw std::logic_error("an answer was read that is a refusal: " + refusal.message);
}

}  // namespace mim::sandbox
