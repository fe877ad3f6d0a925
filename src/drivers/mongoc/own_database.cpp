#include "drivers/mongoc/own_database.hpp"

#include <array>

#include "bson/value.hpp"

namespace mim::drivers::mongoc {
namespace {

std::string text_of(bson::DocumentView greeting, std::string_view field) {
    const auto value = greeting.find(field);
    return value ? std::string(value->string().value_or("")) : std::string();
}

std::string digits_of(const bson::ValueView& id) {
    std::array<char, 25> digits{};
    bson_oid_to_string(bson_iter_oid(&id.position()), digits.data());
    return digits.data();
}

}  // namespace

std::string server_identity(bson::DocumentView greeting) {
    const auto version = greeting.find("topologyVersion");
    const auto topology = version ? version->document() : std::nullopt;
    const auto process = topology ? topology->find("processId") : std::nullopt;
    if (process && process->type() == bson::Type::object_id) return "process " + digits_of(*process);
    const std::string set = text_of(greeting, "setName"), member = text_of(greeting, "me");
    if (set.empty() || member.empty()) return {};
    return "member " + member + " of " + set;
}

}  // namespace mim::drivers::mongoc
