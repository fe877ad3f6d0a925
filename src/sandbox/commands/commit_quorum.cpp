#include "sandbox/commands/commit_quorum.hpp"

namespace mim::sandbox::commands {
namespace {

using Quorum = Answer<std::optional<bson::Value>>;

constexpr std::int32_t most_members = 50;
constexpr std::int32_t voting_members = 1;  // there is but one
constexpr const char* default_quorum = "votingMembers";

Quorum some(bson::Value value) {
    return std::optional<bson::Value>(std::move(value));
}

Refusal not_among(double number) {
    if (number < 0 || number > most_members)
        return refuse(server_code::failed_to_parse,
                      "commitQuorum has to be a non-negative number and not greater than 50");
    return refuse(server_code::unsatisfiable_commit_quorum,
                  "Not enough data-bearing voting nodes to satisfy commit quorum");
}

Refusal not_a_quorum(const bson::ValueView& wanted) {
    return refuse(server_code::type_mismatch, "BSON field 'createIndexes.commitQuorum' is the wrong type '" +
                                                  std::string(bson::type_name(wanted.type())) +
                                                  "', expected types '[long, int, decimal, double, string]'");
}

Accepted check_form(const bson::ValueView& wanted) {
    if (const auto mode = wanted.string()) {
        if (mode->empty())
            return refuse(server_code::failed_to_parse, "commitQuorum can't be an empty string");
        return {};
    }
    const auto number = wanted.number();
    if (!number) return not_a_quorum(wanted);
    if (*number < 0 || *number > most_members) return not_among(*number);
    return {};
}

// Of the right form.
Quorum told_by_a_member(const bson::ValueView& wanted) {
    if (const auto number = wanted.number()) {
        if (*number >= voting_members + 1) return not_among(*number);
        return some(bson::Value::int32(static_cast<std::int32_t>(*number)));
    }
    const std::string_view mode = *wanted.string();
    if (mode != default_quorum && mode != "majority")
        return refuse(
            server_code::unknown_repl_write_concern,
            "No write concern mode named '" + std::string(mode) + "' found in replica set configuration");
    return some(bson::Value(wanted));
}

}  // namespace

Answer<std::optional<bson::Value>> read_commit_quorum(const Instance& instance, const Request& request) {
    const auto wanted = request.body.find("commitQuorum");
    const bool is_given = wanted && wanted->type() != bson::Type::null;
    if (is_given) MIM_CHECK(check_form(*wanted));
    if (!instance.is_replicated()) {
        if (is_given) return refuse(server_code::bad_value, "Standalones can't specify commitQuorum");
        return std::optional<bson::Value>();
    }
    return is_given ? told_by_a_member(*wanted) : some(bson::Value::string(default_quorum));
}

}  // namespace mim::sandbox::commands
