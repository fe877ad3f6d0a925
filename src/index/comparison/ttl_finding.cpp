#include "index/comparison/ttl_finding.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include "bson/json.hpp"
#include "index/comparison/notes.hpp"

namespace mim::index {
namespace {

constexpr std::string_view ttl_seconds = "expireAfterSeconds";
constexpr double longest = std::numeric_limits<std::int32_t>::max();

struct Finding {
    const char* code;
    std::string text;
};

std::string first_field(const Spec& spec) {
    return spec.key.empty() ? "" : std::string((*spec.key.begin()).key());
}

std::string deleted_at(const Spec& listed, std::string_view when) {
    return "each document is deleted " + std::string(when) + " the time in '" + first_field(listed) + "'";
}

Finding not_a_number(const Spec& listed, ServerVersion program) {
    if (program > version_5_0)
        return {note_code::ttl_never, "NaN seconds: MongoDB " + program.text() +
                                          " repairs that to 2147483647, so no document expires"};
    return {note_code::ttl_deletes_at_once,
            "NaN seconds: MongoDB " + program.text() + " takes that for 0, so " + deleted_at(listed, "at")};
}

std::optional<Finding> finding_of(const Spec& listed, const bson::ValueView& value, ServerVersion program) {
    const auto seconds = value.number();
    if (!seconds)
        return Finding{note_code::ttl_ignored, "'expireAfterSeconds' is " + bson::to_json(value) +
                                                   ", no number: MongoDB deletes nothing by it"};
    // A text index is stored with two fields, whatever its definition says.
    if (listed.key.size() > 1)
        return Finding{note_code::ttl_ignored,
                       "MongoDB expires documents by indexes of one field alone, and this one is kept with " +
                           std::to_string(listed.key.size()) + ": nothing is deleted by it"};
    if (std::isnan(*seconds)) return not_a_number(listed, program);
    if (*seconds < 0)
        return Finding{note_code::ttl_deletes_at_once,
                       "negative seconds: " + deleted_at(listed, "that long before")};
    if (*seconds > longest)
        return Finding{note_code::ttl_never, "more seconds than MongoDB counts: no document expires"};
    return std::nullopt;
}

// Since 5.0 a listing shows what it made of a value that is none, and not the value.
std::optional<Finding> repaired(const Spec& listed, double seconds, ServerVersion program) {
    if (seconds == 0 && program == version_5_0)
        return Finding{note_code::ttl_deletes_at_once,
                       "0 seconds: " + deleted_at(listed, "at") + "; MongoDB 5.0 also lists NaN so"};
    if (seconds == longest && program >= version_5_0)
        return Finding{note_code::ttl_never,
                       "2147483647 seconds are 68 years: hardly any document expires; MongoDB also lists so "
                       "what was NaN or too large"};
    return std::nullopt;
}

bool wants_the_same(const Spec* wanted, double seconds) {
    const auto value = wanted ? wanted->options.find(ttl_seconds) : std::nullopt;
    return value && value->number() == seconds;
}

}  // namespace

std::optional<Note> ttl_finding(const Spec& listed, const Spec* wanted, ServerVersion program) {
    const auto value = listed.options.find(ttl_seconds);
    if (!value) return std::nullopt;
    auto found = finding_of(listed, *value, program);
    const auto seconds = value->number();
    if (!found && seconds && !wants_the_same(wanted, *seconds)) found = repaired(listed, *seconds, program);
    if (!found) return std::nullopt;
    return Note{found->code, listed.name, std::move(found->text)};
}

}  // namespace mim::index
