#include "app/confirmation.hpp"

namespace mim::app {

Done check_confirmed(const Confirmation& confirmation, std::string_view name, std::string_view what_goes) {
    if (confirmation.given == name) return {};
    if (!confirmation.given && confirmation.asked == Confirmation::Asked::nothing) return {};
    Error error(ErrorCode::not_allowed_in_state, "The deletion is not confirmed");
    error.fields = {{"confirm", "this deletes " + std::string(what_goes) +
                                    ": send {\"confirm\": NAME} with '" + std::string(name) +
                                    "' as the name to do so"}};
    return error;
}

}  // namespace mim::app
