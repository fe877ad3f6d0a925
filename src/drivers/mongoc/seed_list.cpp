#include "drivers/mongoc/seed_list.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "bson/elements.hpp"
#include "drivers/mongoc/error.hpp"
#include "drivers/mongoc/uri.hpp"

namespace mim::drivers::mongoc {
namespace {

std::vector<std::string> hosts_of(const mongoc_uri_t* uri) {
    std::vector<std::string> hosts;
    for (const auto* host = mongoc_uri_get_hosts(uri); host != nullptr; host = host->next)
        hosts.emplace_back(host->host_and_port);
    return hosts;
}

bool is_of_a_host(char c) {
    return ascii::is_letter_or_digit(c) || std::string_view(".-_:").find(c) != std::string_view::npos;
}

std::string joined(const std::vector<std::string>& hosts) {
    std::string all;
    for (const std::string& host : hosts) all += (all.empty() ? "" : ",") + host;
    return all;
}

void copy_option(const bson::ValueView& value, mongoc_uri_t* to) {
    const std::string name(value.key());
    if (name.starts_with("srv")) return;
    if (const auto truth = value.boolean()) {
        mongoc_uri_set_option_as_bool(to, name.c_str(), *truth);
    } else if (const auto text = value.string()) {
        mongoc_uri_set_option_as_utf8(to, name.c_str(), std::string(*text).c_str());
    } else if (value.type() == bson::Type::int64) {
        mongoc_uri_set_option_as_int64(to, name.c_str(), *value.integer());
    } else if (const auto number = value.integer()) {
        mongoc_uri_set_option_as_int32(to, name.c_str(), static_cast<std::int32_t>(*number));
    }
}

template <class Setter>
void copy_text(mongoc_uri_t* to, const char* text, Setter set) {
    if (text != nullptr && *text != '\0') set(to, text);
}

void copy_sign_in(const mongoc_uri_t* from, mongoc_uri_t* to) {
    copy_text(to, mongoc_uri_get_username(from), mongoc_uri_set_username);
    copy_text(to, mongoc_uri_get_password(from), mongoc_uri_set_password);
    copy_text(to, mongoc_uri_get_database(from), mongoc_uri_set_database);
    copy_text(to, mongoc_uri_get_auth_mechanism(from), mongoc_uri_set_auth_mechanism);
    copy_text(to, mongoc_uri_get_auth_source(from), mongoc_uri_set_auth_source);
    bson_t properties;
    if (mongoc_uri_get_mechanism_properties(from, &properties))
        mongoc_uri_set_mechanism_properties(to, &properties);
}

}  // namespace

std::optional<std::string> objection_to_seeds(const std::vector<std::string>& hosts) {
    const std::size_t most = UriLimits().hosts;
    if (hosts.size() > most) {
        return "the name service tells " + std::to_string(hosts.size()) + " hosts, where at most " +
               std::to_string(most) + " are taken";
    }
    for (const std::string& host : hosts) {
        if (!std::ranges::all_of(host, is_of_a_host))
            return "the name service tells a host with a character that no host name can hold";
    }
    return std::nullopt;
}

Result<UriHandle> with_hosts_looked_up(const mongoc_uri_t* uri) {
    bson_error_t error{};
    // libmongoc asks the name service, and judges what it says, when it makes a client.
    const ClientHandle client(mongoc_client_new_from_uri_with_error(uri, &error));
    if (!client) return translate(error, nullptr, Attempt{"connect"}).error;
    const mongoc_uri_t* const told = mongoc_client_get_uri(client.get());
    const auto hosts = hosts_of(told);
    if (const auto objection = objection_to_seeds(hosts))
        return Error(ErrorCode::target_unreachable, "connect: " + *objection);
    UriHandle plain(mongoc_uri_new_with_error(("mongodb://" + joined(hosts) + "/").c_str(), &error));
    if (!plain) return Error(ErrorCode::target_unreachable, std::string("connect: ") + error.message);
    const bson_t* const options = mongoc_uri_get_options(told);
    for (const auto value : bson::DocumentView::of(*options)) copy_option(value, plain.get());
    copy_sign_in(told, plain.get());
    mongoc_uri_set_appname(plain.get(), mongoc_uri_get_appname(told));
    return plain;
}

}  // namespace mim::drivers::mongoc
