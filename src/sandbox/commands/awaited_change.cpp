#include "sandbox/commands/awaited_change.hpp"

#include <algorithm>
#include <array>

#include "sandbox/arguments.hpp"

namespace mim::sandbox::commands {
namespace {

using std::chrono::milliseconds;

std::string place_of(const Request& request, std::string_view field) {
    return "BSON field '" + request.command + ".topologyVersion." + std::string(field) + "'";
}

Answer<bson::ValueView> field_of(const Request& request, bson::DocumentView version, std::string_view field,
                                 bson::Type type) {
    const auto value = version.find(field);
    if (!value)
        return refuse(server_code::missing_field,
                      place_of(request, field) + " is missing but a required field");
    if (value->type() != type)
        return refuse(server_code::type_mismatch, place_of(request, field) + " is the wrong type '" +
                                                      std::string(bson::type_name(value->type())) +
                                                      "', expected type '" +
                                                      std::string(bson::type_name(type)) + "'");
    return *value;
}

Accepted no_other_fields(const Request& request, bson::DocumentView version) {
    for (const auto value : version) {
        if (value.key() != "processId" && value.key() != "counter")
            return refuse(server_code::unknown_field,
                          place_of(request, value.key()) + " is an unknown field.");
    }
    return {};
}

std::string digits_of(const bson::ValueView& id) {
    std::array<char, 25> digits{};
    bson_oid_to_string(bson_iter_oid(&id.position()), digits.data());
    return digits.data();
}

// Whether the client knows this server's present state.
Answer<bool> is_present(const Instance& instance, const Request& request, bson::DocumentView version) {
    if (const auto checked = no_other_fields(request, version); !checked) return checked.error();
    MIM_TRY(process, field_of(request, version, "processId", bson::Type::object_id));
    MIM_TRY(field, field_of(request, version, "counter", bson::Type::int64));
    const std::int64_t counter = field.integer().value_or(0);
    if (counter < 0) return refuse(31372, "topologyVersion must have a non-negative counter");
    if (digits_of(process) != instance.process_id) return false;
    if (counter > 0)
        return refuse(51764, "Received a topology version with counter: " + std::to_string(counter) +
                                 " which is greater than the server topology version counter: 0");
    return true;
}

}  // namespace

Answer<milliseconds> time_to_await_a_change(const Instance& instance, const Request& request) {
    if (instance.settings.version < index::ServerVersion{4, 4}) return milliseconds{0};
    const Arguments arguments(request);
    MIM_TRY(version, arguments.document("topologyVersion"));
    const auto limit = request.body.find("maxAwaitTimeMS");
    if (version.has_value() != limit.has_value())
        return refuse(31368, version ? "A request with a 'topologyVersion' must include 'maxAwaitTimeMS'"
                                     : "A request with 'maxAwaitTimeMS' must include a 'topologyVersion'");
    if (!version) return milliseconds{0};
    if (!limit->is_number())
        return refuse(server_code::type_mismatch, "BSON field '" + request.command +
                                                      ".maxAwaitTimeMS' is the wrong type '" +
                                                      std::string(bson::type_name(limit->type())) +
                                                      "', expected types '[long, int, decimal, double]'");
    constexpr double a_day = 86'400'000;
    const milliseconds most{
        static_cast<std::int64_t>(std::clamp(limit->number().value_or(0), -a_day, a_day))};
    if (most.count() < 0)
        return refuse(51024, "BSON field 'maxAwaitTimeMS' value must be >= 0, actual value '" +
                                 std::to_string(most.count()) + "'");
    MIM_TRY(present, is_present(instance, request, *version));
    return present ? most : milliseconds{0};
}

}  // namespace mim::sandbox::commands
