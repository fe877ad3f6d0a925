#include "drivers/mongoc/answer_shape.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>

#include "base/ip_address.hpp"
#include "bson/elements.hpp"

namespace mim::drivers::mongoc {
namespace {

using bson::Type;
using bson::ValueView;
using Fault = std::optional<std::string>;

constexpr std::size_t longest_host = 300;  // a name of 255, brackets and a port
constexpr std::size_t longest_host_name = 255;
constexpr std::size_t longest_payload = 3'072;  // libmongoc answers it from a buffer of 4,096
constexpr std::size_t longest_cluster_time = 4'096;

// What a field must hold. Of the same field twice both are judged: libmongoc reads the first or the last.
using Test = bool (*)(const ValueView&);

struct Rule {
    std::string_view field;
    Test holds;
};

bool is_boolean(const ValueView& value) {
    return value.type() == Type::boolean;
}
bool is_truth(const ValueView& value) {
    return is_boolean(value) || value.is_number();
}
bool is_integer(const ValueView& value) {
    return value.integer().has_value();
}
bool is_integer_or_null(const ValueView& value) {
    return value.type() == Type::null || is_integer(value);
}
bool is_positive_int32(const ValueView& value) {
    return value.type() == Type::int32 && *value.integer() > 0;
}
bool is_int32(const ValueView& value) {
    return value.type() == Type::int32;
}
bool is_document(const ValueView& value) {
    return value.type() == Type::document;
}
bool is_object_id(const ValueView& value) {
    return value.type() == Type::object_id;
}
bool is_timestamp(const ValueView& value) {
    return value.type() == Type::timestamp;
}
bool is_date(const ValueView& value) {
    return value.type() == Type::date;
}
bool is_text(const ValueView& value) {
    return value.string().has_value();
}
// What libmongoc copies as a C string.
bool is_name(const ValueView& value) {
    const auto text = value.string();
    return text && text->size() <= longest_host && text->find('\0') == std::string_view::npos;
}
bool holds_only(const ValueView& value, Type type, Test test) {
    if (value.type() != type) return false;
    for (const auto field : bson::elements(value)) {
        if (!test(field)) return false;
    }
    return true;
}
bool is_list_of_names(const ValueView& value) {
    return holds_only(value, Type::array, is_name);
}
bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && port > 0;
}
bool is_name_of_a_host(std::string_view text) {
    static constexpr std::string_view never_in_names = ":[]/\\@?#%,";
    return !text.empty() && text.size() <= longest_host_name && std::ranges::none_of(text, [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code <= ' ' || code == 0x7F || never_in_names.find(letter) != std::string_view::npos;
    });
}
bool is_address_in_brackets(std::string_view text) {
    if (!text.starts_with('[') || !text.ends_with(']')) return false;
    const std::string_view address = text.substr(1, text.size() - 2);
    return IpAddress::parse(address.substr(0, address.find('%'))).has_value();
}
// "db1.example.com:27017", "[2001:db8::1]:27017". Of a member that it cannot read libmongoc keeps one without
// an address, and the next member that it compares with that ends the process.
bool is_member(const ValueView& value) {
    if (!is_name(value)) return false;
    std::string_view host = *value.string();
    const std::size_t bracket = host.rfind(']');
    const std::size_t colon = host.find(':', bracket != std::string_view::npos ? bracket : 0);
    if (colon != std::string_view::npos) {
        if (!is_port(host.substr(colon + 1))) return false;
        host = host.substr(0, colon);
    }
    return is_name_of_a_host(host) || is_address_in_brackets(host);
}
bool is_list_of_members(const ValueView& value) {
    return holds_only(value, Type::array, is_member);
}
bool is_map_of_texts(const ValueView& value) {
    return holds_only(value, Type::document, is_text);
}

// libmongoc insists on an error's code not being zero once it is an unsigned number of 32 bits.
bool is_code(const ValueView& value) {
    const auto code = value.integer();
    return code && *code != 0 && *code >= std::numeric_limits<std::int32_t>::min() &&
           *code <= std::numeric_limits<std::int32_t>::max();
}

constexpr std::array<Rule, 4> rules_of_errors = {{
    {"code", is_code},
    {"codeName", is_text},
    {"errmsg", is_text},
    {"$err", is_text},
}};

template <std::size_t Count>
Fault broken(const std::array<Rule, Count>& rules, const ValueView& value) {
    for (const Rule& rule : rules) {
        if (value.key() == rule.field && !rule.holds(value))
            return "its field \"" + std::string(rule.field) + "\" is not what it must be";
    }
    return std::nullopt;
}

bool keeps_rules_of_errors(const ValueView& field) {
    return !broken(rules_of_errors, field);
}
bool is_error(const ValueView& value) {
    return holds_only(value, Type::document, keeps_rules_of_errors);
}
bool is_list_of_errors(const ValueView& value) {
    return holds_only(value, Type::array, is_error);
}
bool is_cluster_time(const ValueView& value) {
    if (!is_document(value)) return false;
    const auto document = *value.document();
    const auto time = document.find("clusterTime");
    return time && is_timestamp(*time) && document.bytes().size() <= longest_cluster_time;
}

constexpr std::array<Rule, 8> rules_of_all = {{
    {"ok", is_truth},
    {"errorLabels", is_list_of_names},
    {"writeConcernError", is_error},
    {"writeErrors", is_list_of_errors},
    {"operationTime", is_timestamp},
    {"$clusterTime", is_cluster_time},
    {"recoveryToken", is_document},
    {"topologyVersion", is_document},
}};

// "r=…,s=…,i=15000": the server says how often the password is hashed.
bool asks_for_bearable_work(std::string_view payload) {
    while (!payload.empty()) {
        const std::size_t end = std::min(payload.find(','), payload.size());
        std::string_view part = payload.substr(0, end);
        payload.remove_prefix(std::min(end + 1, payload.size()));
        if (!part.starts_with("i=")) continue;
        part.remove_prefix(2);
        long long iterations = 0;
        const auto read = std::from_chars(part.data(), part.data() + part.size(), iterations);
        const bool whole = read.ec == std::errc() && read.ptr == part.data() + part.size();
        if (!whole || iterations < 1 || iterations > most_iterations) return false;
    }
    return true;
}

bool is_payload(const ValueView& value) {
    std::string_view payload;
    if (value.type() == Type::binary) {
        bson_subtype_t subtype = BSON_SUBTYPE_BINARY;
        std::uint32_t length = 0;
        const std::uint8_t* bytes = nullptr;
        bson_iter_binary(&value.position(), &subtype, &length, &bytes);
        payload = {reinterpret_cast<const char*>(bytes), length};
    } else if (const auto text = value.string()) {
        payload = *text;
    } else {
        return false;
    }
    return payload.size() <= longest_payload && asks_for_bearable_work(payload);
}

constexpr std::array<Rule, 3> rules_of_signing_in = {{
    {"conversationId", is_int32},
    {"done", is_truth},
    {"payload", is_payload},
}};

bool keeps_rules_of_signing_in(const ValueView& field) {
    return !broken(rules_of_signing_in, field) && keeps_rules_of_errors(field);
}
bool is_step_of_signing_in(const ValueView& value) {
    return holds_only(value, Type::document, keeps_rules_of_signing_in);
}

bool is_last_write(const ValueView& value) {
    if (!is_document(value)) return false;
    const auto at = value.document()->find("lastWriteDate");
    return at && is_date(*at);
}

constexpr std::array<Rule, 34> rules_of_greetings = {{
    {"isWritablePrimary", is_boolean},
    {"ismaster", is_boolean},
    {"helloOk", is_boolean},
    {"secondary", is_boolean},
    {"arbiterOnly", is_boolean},
    {"isreplicaset", is_boolean},
    {"hidden", is_boolean},
    {"passive", is_boolean},
    {"me", is_name},
    {"primary", is_name},
    {"setName", is_name},
    {"msg", is_name},
    {"hosts", is_list_of_members},
    {"passives", is_list_of_members},
    {"arbiters", is_list_of_members},
    {"compression", is_list_of_names},
    {"saslSupportedMechs", is_list_of_names},
    {"tags", is_map_of_texts},
    {"maxBsonObjectSize", is_positive_int32},
    {"maxMessageSizeBytes", is_positive_int32},
    {"maxWriteBatchSize", is_positive_int32},
    {"minWireVersion", is_int32},
    {"maxWireVersion", is_int32},
    {"logicalSessionTimeoutMinutes", is_integer_or_null},
    {"setVersion", is_integer},
    {"connectionId", is_integer},
    {"electionId", is_object_id},
    {"serviceId", is_object_id},
    {"localTime", is_date},
    {"lastWrite", is_last_write},
    {"speculativeAuthenticate", is_step_of_signing_in},
    {"conversationId", is_int32},
    {"done", is_truth},
    {"payload", is_payload},
}};

bool lists_members(const ValueView& value) {
    return value.key() == "hosts" || value.key() == "passives" || value.key() == "arbiters";
}

std::size_t members_in(bson::DocumentView greeting) {
    std::size_t count = 0;
    for (const auto value : greeting) {
        if (lists_members(value)) count += bson::elements(value).size();
    }
    return count;
}

}  // namespace

Fault shape_fault(bson::DocumentView answer, Question question) {
    for (const auto value : answer) {
        if (auto fault = broken(rules_of_all, value)) return fault;
        if (auto fault = broken(rules_of_errors, value)) return fault;
        if (question == Question::sign_in) {
            if (auto fault = broken(rules_of_signing_in, value)) return fault;
        }
        if (question == Question::greeting) {
            if (auto fault = broken(rules_of_greetings, value)) return fault;
        }
    }
    if (question == Question::greeting && members_in(answer) > most_members)
        return "it names more than " + std::to_string(most_members) + " members";
    return std::nullopt;
}

}  // namespace mim::drivers::mongoc
