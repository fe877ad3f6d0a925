#include "sandbox/write_concern.hpp"

namespace mim::sandbox {
namespace {

Refusal wrong_field(std::string_view field, const bson::ValueView& value, const char* expected) {
    return refuse(server_code::type_mismatch,
                  "BSON field 'writeConcern" + std::string(field) + "' is the wrong type '" +
                      std::string(bson::type_name(value.type())) + "', expected " + expected);
}

// Nobody else is there who could take the write in.
Accepted check_alone(const bson::ValueView& acknowledged_by) {
    const auto mode = acknowledged_by.string();
    if (mode && *mode != "majority")
        return refuse(server_code::bad_value, "cannot use non-majority 'w' mode \"" + std::string(*mode) +
                                                  "\" when a host is not a member of a replica set");
    if (acknowledged_by.number().value_or(0) > 1)
        return refuse(server_code::bad_value, "cannot use 'w' > 1 when a host is not replicated");
    return {};
}

}  // namespace

Accepted check_write_concern(const Instance& instance, const Request& request) {
    const bool is_5_0 = instance.settings.version < index::version_6_0;
    const auto given = request.body.find("writeConcern");
    if (!given || (given->type() == bson::Type::null && !is_5_0)) return {};
    if (given->type() != bson::Type::document) return wrong_field("", *given, "type 'object'");
    const auto fields = *given->document();
    const auto journal = fields.find("j"), limit = fields.find("wtimeout"), by = fields.find("w");
    if (journal && !journal->boolean() && !journal->is_number())
        return wrong_field(".j", *journal, "types '[bool, int, long, decimal, double]'");
    if (limit && is_5_0 && !limit->is_number())
        return wrong_field(".wtimeout", *limit, "types '[long, int, decimal, double]'");
    const bool alone = instance.catalog.deployment() == catalog::Deployment::standalone;
    return by && alone ? check_alone(*by) : Accepted{};
}

}  // namespace mim::sandbox
