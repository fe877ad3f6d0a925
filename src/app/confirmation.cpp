#include "app/confirmation.hpp"

namespace mim::app {

Done check_confirmed(const Confirmation& confirmation, std::string_view name, std::string_view what_goes) {
    if (confirmation.asked == Confirmation::Asked::nothing || confirmation.given == name) return {};
    Error error(ErrorCode::not_allowed_in_state, "The deletion is not confirmed");
    error.fields = {{"confirm", "this deletes " + std::string(what_goes) +
                                    ": send {\"confirm\": NAME} with '" + std::string(name) +
                                    "' as the name to do so"}};
    return error;
}

}  // namespace mim::app
