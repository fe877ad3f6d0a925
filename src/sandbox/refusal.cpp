#include "sandbox/refusal.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "bson/builder.hpp"

namespace mim::sandbox {
namespace {

struct Named {
    int code;
    std::string_view name;
};

// Codes that have nothing to do with indexes; the domain names the others.
constexpr std::array names{
    Named{11, "UserNotFound"},
    Named{18, "AuthenticationFailed"},
    Named{43, "CursorNotFound"},
    Named{48, "NamespaceExists"},
    Named{59, "CommandNotFound"},
    Named{52, "DollarPrefixedFieldName"},
    Named{66, "ImmutableField"},
    Named{64, "WriteConcernFailed"},
    Named{91, "ShutdownInProgress"},
    Named{189, "PrimarySteppedDown"},
    Named{6, "HostUnreachable"},
    Named{7, "HostNotFound"},
    Named{89, "NetworkTimeout"},
    Named{46, "LockBusy"},
    Named{112, "WriteConflict"},
    Named{262, "ExceededTimeLimit"},
    Named{13435, "NotPrimaryNoSecondaryOk"},
};

}  // namespace

std::string refusal_name(int code) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const Named& each) { return each.code == code; });
    return found != names.end() ? std::string(found->name) : index::code_name(code);
}

bson::Document Refusal::reply() const {
    bson::Builder reply;
    reply.add("ok", 0.0).add("errmsg", message).add("code", code).add("codeName", refusal_name(code));
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
