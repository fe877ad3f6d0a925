#include "sandbox/arguments.hpp"

#include <algorithm>
#include <array>

#include "index/definition/whole_number.hpp"

namespace mim::sandbox {
namespace {

// Source: mongo src/mongo/idl/generic_argument.idl and command_generic_argument.cpp.
constexpr std::array<std::string_view, 24> generic{"$db",
                                                   "lsid",
                                                   "$clusterTime",
                                                   "$readPreference",
                                                   "$queryOptions",
                                                   "readConcern",
                                                   "writeConcern",
                                                   "comment",
                                                   "maxTimeMS",
                                                   "maxTimeMSOpOnly",
                                                   "apiVersion",
                                                   "apiStrict",
                                                   "apiDeprecationErrors",
                                                   "txnNumber",
                                                   "autocommit",
                                                   "startTransaction",
                                                   "stmtId",
                                                   "coordinator",
                                                   "shardVersion",
                                                   "databaseVersion",
                                                   "$client",
                                                   "$audit",
                                                   "$configServerState",
                                                   "mayBypassWriteBlocking"};

constexpr int out_of_range = 51024;

Refusal negative(std::string_view field, std::int64_t number, int code) {
    return refuse(code, "BSON field '" + std::string(field) + "' value must be >= 0, actual value '" +
                            std::to_string(number) + "'");
}

}  // namespace

bool is_generic_field(std::string_view name) {
    return std::find(generic.begin(), generic.end(), name) != generic.end();
}

std::optional<bson::ValueView> Arguments::find(std::string_view field) const {
    auto value = request_->body.find(field);
    if (value && (value->type() == bson::Type::null || value->type() == bson::Type::undefined))
        return std::nullopt;
    return value;
}

Refusal Arguments::wrong_type(const bson::ValueView& value, std::string_view expected) const {
    return refuse(server_code::type_mismatch, "BSON field '" + request_->command + "." +
                                                  std::string(value.key()) + "' is the wrong type '" +
                                                  std::string(bson::type_name(value.type())) +
                                                  "', expected type '" + std::string(expected) + "'");
}

Refusal Arguments::unknown(std::string_view field) const {
    return refuse(server_code::unknown_field,
                  "BSON field '" + request_->command + "." + std::string(field) + "' is an unknown field.");
}

Refusal Arguments::missing(std::string_view field) const {
    return refuse(server_code::missing_field, "BSON field '" + request_->command + "." + std::string(field) +
                                                  "' is missing but a required field");
}

Accepted Arguments::only(std::initializer_list<std::string_view> fields) const {
    for (const auto value : request_->body) {
        const auto name = value.key();
        if (name == request_->command || is_generic_field(name)) continue;
        if (std::find(fields.begin(), fields.end(), name) == fields.end()) return unknown(name);
    }
    return {};
}

Accepted Arguments::none_of(std::initializer_list<std::string_view> fields) const {
    for (const auto name : fields) {
        if (request_->body.contains(name)) return unknown(name);
    }
    return {};
}

Answer<catalog::Name> Arguments::collection() const {
    const auto value = request_->body.find(request_->command);
    const auto name = value ? value->string() : std::nullopt;
    if (!name) {
        // MongoDB 5.0 calls it a bad value.
        const bool is_5_0 = request_->version < index::version_6_0;
        return refuse(is_5_0 ? server_code::bad_value : server_code::invalid_namespace,
                      "collection name has invalid type " +
                          std::string(value ? bson::type_name(value->type()) : "missing"));
    }
    if (name->empty() || name->front() == '.' || name->find('\0') != std::string_view::npos)
        return refuse(server_code::invalid_namespace,
                      "Invalid namespace specified '" + request_->database + "." + std::string(*name) + "'");
    return catalog::Name{request_->database, std::string(*name)};
}

Answer<std::optional<bson::DocumentView>> Arguments::document(std::string_view field) const {
    const auto value = find(field);
    if (value && value->type() != bson::Type::document) return wrong_type(*value, "object");
    return value ? value->document() : std::nullopt;
}

Answer<std::optional<bson::DocumentView>> Arguments::array(std::string_view field) const {
    const auto value = find(field);
    if (value && value->type() != bson::Type::array) return wrong_type(*value, "array");
    return value ? value->document() : std::nullopt;
}

Answer<std::optional<std::string>> Arguments::text(std::string_view field) const {
    const auto value = find(field);
    if (!value) return std::optional<std::string>();
    if (!value->string()) return wrong_type(*value, "string");
    return std::optional<std::string>(*value->string());
}

Answer<std::optional<std::int64_t>> Arguments::number(std::string_view field) const {
    const auto value = find(field);
    if (!value) return std::optional<std::int64_t>();
    if (!value->is_number()) return wrong_type(*value, "long");
    return std::optional<std::int64_t>(index::whole_number(*value));
}

Answer<std::optional<std::int64_t>> Arguments::integer(std::string_view field) const {
    MIM_TRY(given, number(field));
    if (given && *given < 0) return negative(field, *given, out_of_range);
    return given;
}

Answer<bool> Arguments::flag(std::string_view field) const {
    const auto value = find(field);
    if (value && value->type() != bson::Type::boolean && !value->is_number())
        return wrong_type(*value, "bool");
    return value && value->truthy();
}

Answer<std::int64_t> Arguments::cursor_batch(std::int64_t otherwise) const {
    MIM_TRY(cursor, document("cursor"));
    const auto size = cursor ? cursor->find("batchSize") : std::nullopt;
    if (!size || size->type() == bson::Type::null) return otherwise;
    if (!size->is_number()) return wrong_type(*size, "long");
    const auto number = index::whole_number(*size);
    if (number < 0) {
        const bool is_5_0 = request_->version < index::version_6_0;
        return negative("cursor.batchSize", number, is_5_0 ? out_of_range : server_code::bad_value);
    }
    return number;
}

}  // namespace mim::sandbox
