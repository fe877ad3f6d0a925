#include "drivers/mongoc/uri.hpp"

#include <set>

#include "drivers/mongoc/library.hpp"
#include "drivers/mongoc/uri_text.hpp"

namespace mim::drivers::mongoc {

Result<Uri> Uri::parse(const Secret& text, const UriLimits& limits) {
    initialise();
    if (const auto reason = objection(text.reveal(), limits)) return invalid_field("uri", *reason);
    bson_error_t error{};
    UriHandle handle(mongoc_uri_new_with_error(text.reveal().c_str(), &error));
    // The library has one code for every reason: its words are the only ones, and nothing depends on them.
    if (!handle)
        return invalid_field("uri", "the MongoDB driver refuses it: " + without_quotations(error.message));
    return Uri(std::move(handle));
}

std::string Uri::database() const {
    const char* const name = mongoc_uri_get_database(handle_.get());
    return name == nullptr ? std::string() : std::string(name);
}

bool Uri::looks_up_hosts() const {
    return mongoc_uri_get_srv_hostname(handle_.get()) != nullptr;
}

std::vector<Uri::Host> Uri::hosts() const {
    std::vector<Host> found;
    if (const char* const name = mongoc_uri_get_srv_hostname(handle_.get())) found.push_back({name});
    for (const auto* host = mongoc_uri_get_hosts(handle_.get()); host != nullptr; host = host->next)
        found.push_back(
            {host->host, host->family == AF_UNIX ? Host::Kind::unix_socket : Host::Kind::network});
    return found;
}

std::optional<std::string> Uri::early_objection(const TargetPolicy& policy) const {
    for (const Host& host : hosts()) {
        // The hosts that an SRV record names may be allowed although its own name is not.
        auto objection = host.kind == Host::Kind::unix_socket ? policy.objection_to_socket(host.name)
                         : looks_up_hosts()                   ? policy.objection_to_name(host.name)
                                                              : policy.early_objection(host.name);
        if (objection) return objection;
    }
    return policy.credentials().objection(taken_from_machine());
}

TakenFromMachine Uri::taken_from_machine() const {
    TakenFromMachine taken{.mechanism = "", .files = files()};
    const char* const mechanism = mongoc_uri_get_auth_mechanism(handle_.get());
    const std::string_view name = mechanism == nullptr ? "" : mechanism;
    const bool has_credentials = mongoc_uri_get_username(handle_.get()) != nullptr &&
                                 mongoc_uri_get_password(handle_.get()) != nullptr;
    if (name == "MONGODB-AWS" && !has_credentials) taken.mechanism = "aws";
    if (name == "MONGODB-OIDC") taken.mechanism = "oidc";
    // Also with a user: the ticket is the machine's.
    if (name == "GSSAPI") taken.mechanism = "gssapi";
    return taken;
}

std::vector<std::string> Uri::files() const {
    std::vector<std::string> files;
    for (const char* option : {MONGOC_URI_TLSCAFILE, MONGOC_URI_TLSCERTIFICATEKEYFILE}) {
        const char* const file = mongoc_uri_get_option_as_utf8(handle_.get(), option, nullptr);
        if (file != nullptr) files.emplace_back(file);
    }
    return files;
}

std::string Uri::addresses() const {
    std::set<std::string> hosts;
    if (const char* const name = mongoc_uri_get_srv_hostname(handle_.get())) hosts.emplace(name);
    for (const auto* host = mongoc_uri_get_hosts(handle_.get()); host != nullptr; host = host->next)
        hosts.emplace(host->host_and_port);
    std::string text;
    for (const std::string& host : hosts) text += (text.empty() ? "" : ", ") + host;
    return text;
}

std::string Uri::deployment() const {
    std::string text = addresses() + ",";
    const bson_t* const options = mongoc_uri_get_options(handle_.get());
    return text.append(reinterpret_cast<const char*>(bson_get_data(options)), options->len);
}

}  // namespace mim::drivers::mongoc
