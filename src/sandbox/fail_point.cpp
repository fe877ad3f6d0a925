#include "sandbox/fail_point.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"

namespace mim::sandbox {
namespace {

constexpr std::int64_t longest_block_millis = 24LL * 60 * 60 * 1000;

std::string text_or_empty(bson::DocumentView from, std::string_view field) {
    const auto value = from.find(field);
    return value ? std::string(value->string().value_or(std::string_view{})) : std::string{};
}

// As MongoDB prints the first field of a command.
std::string first_value(const Target& target) {
    const std::string name = target.full_name.substr(target.full_name.find('.') + 1);
    return name == "$cmd" ? "1" : "\"" + name + "\"";
}

bool set(bson::DocumentView from, std::string_view field) {
    const auto value = from.find(field);
    return value && value->truthy();
}

Answer<std::int64_t> positive(bson::DocumentView mode, std::string_view field) {
    const auto number = mode.find(field)->integer();
    if (!number || *number < 0)
        return refuse(server_code::bad_value,
                      "'" + std::string(field) + "' option to 'mode' must be a non-negative number");
    return *number;
}

}  // namespace

Accepted FailPoint::read_mode(const bson::ValueView& mode) {
    if (const auto word = mode.string()) {
        if (*word != "off" && *word != "alwaysOn")
            return refuse(server_code::bad_value, "unknown mode: " + std::string(*word));
        mode_ = *word == "off" ? Mode::off : Mode::always;
        return {};
    }
    if (mode.type() != bson::Type::document)
        return refuse(server_code::type_mismatch, "'mode' must be a string or JSON object");
    const auto fields = *mode.document();
    for (const auto& [name, kind] : {std::pair{"times", Mode::times}, std::pair{"skip", Mode::skip}}) {
        if (!fields.contains(name)) continue;
        MIM_TRY(number, positive(fields, name));
        mode_ = kind;
        left_ = number;
        return {};
    }
    return refuse(server_code::bad_value, "'mode' must be one of ['off', 'alwaysOn', 'times', 'skip']");
}

Accepted FailPoint::read_data(bson::DocumentView data) {
    const auto commands = data.find("failCommands");
    if (!commands || commands->type() != bson::Type::array)
        return refuse(server_code::bad_value,
                      "failCommand needs data.failCommands, an array of command names");
    for (const auto name : bson::elements(*commands))
        commands_.emplace(name.string().value_or(std::string_view{}));
    app_name_ = text_or_empty(data, "appName");
    full_name_ = text_or_empty(data, "namespace");
    error_message_ = text_or_empty(data, "errorMessage");
    if (set(data, "closeConnection")) connection_ = Sabotage::Connection::close;
    if (const auto number = data.find("errorCode")) {
        const auto value = number->integer();
        if (!value || *value < 0 || *value > INT32_MAX)
            return refuse(server_code::bad_value, "data.errorCode must be an error code");
        error_code_ = static_cast<int>(*value);
    }
    if (const auto labels = data.find("errorLabels"); labels && labels->type() == bson::Type::array)
        error_labels_ = bson::Document(*labels->document());
    if (const auto error = data.find("writeConcernError"); error && error->document())
        write_concern_error_ = bson::Document(*error->document());
    if (!set(data, "blockConnection")) return {};
    const auto millis = data.find("blockTimeMS");
    const auto number = millis ? millis->integer() : std::nullopt;
    if (!number || *number < 0 || *number > longest_block_millis)
        return refuse(server_code::bad_value, "data.blockConnection needs data.blockTimeMS, in milliseconds");
    block_ = std::chrono::milliseconds(*number);
    return {};
}

Answer<std::int64_t> FailPoint::configure(bson::DocumentView command) {
    if (text_or_empty(command, "configureFailPoint") != "failCommand")
        return refuse(server_code::bad_value, "the sandbox knows only the fail point failCommand");
    const auto mode = command.find("mode");
    if (!mode)
        return refuse(server_code::missing_field,
                      "BSON field 'configureFailPoint.mode' is missing but a required field");
    FailPoint next;
    MIM_CHECK(next.read_mode(*mode));
    const auto data = command.find("data");
    const auto fields = data ? data->document() : std::nullopt;
    if (next.mode_ != Mode::off) MIM_CHECK(next.read_data(fields.value_or(bson::Document().view())));
    const std::int64_t count = fired_;
    next.fired_ = fired_;
    *this = std::move(next);
    return count;
}

bool FailPoint::concerns(const Target& target) const {
    if (mode_ == Mode::off || target.command == "configureFailPoint" || !commands_.contains(target.command))
        return false;
    if (!app_name_.empty() && app_name_ != target.app_name) return false;
    return full_name_.empty() || full_name_ == target.full_name;
}

Refusal FailPoint::refusal_for(const Target& target) const {
    std::string message = "Failing command via 'failCommand' failpoint";
    if (*error_code_ == server_code::unauthorized)
        message = "not authorized on " + target.database + " to execute command { " + target.command + ": " +
                  first_value(target) + ", $db: \"" + target.database + "\" }";
    if (!error_message_.empty()) message = error_message_;
    Refusal refusal = refuse(*error_code_, message);
    if (error_labels_) refusal.details = bson::Builder().add_array("errorLabels", *error_labels_).take();
    return refusal;
}

bool FailPoint::forbids(std::string_view command) const {
    return mode_ == Mode::always && error_code_ == server_code::unauthorized && commands_.contains(command);
}

std::optional<Sabotage> FailPoint::meet(const Target& target) {
    if (!concerns(target)) return std::nullopt;
    if (mode_ == Mode::skip && left_ > 0) {
        --left_;
        return std::nullopt;
    }
    if (mode_ == Mode::times) {
        if (left_ == 0) return std::nullopt;
        --left_;
    }
    ++fired_;
    Sabotage sabotage;
    sabotage.block = block_;
    sabotage.connection = connection_;
    sabotage.write_concern_error = write_concern_error_;
    if (error_code_) sabotage.refusal = refusal_for(target);
    return sabotage;
}

}  // namespace mim::sandbox
