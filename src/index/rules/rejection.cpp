#include "index/rules/rejection.hpp"

namespace mim::index {

Rejection refuse(int code, std::string field, std::string message) {
    return Rejection{code, server_code::name_of(code), std::move(message), std::move(field)};
}

Rejection refuse(std::string field, std::string message) {
    return refuse(server_code::cannot_create_index, std::move(field), std::move(message));
}

Rejection invalid_options(std::string field, std::string message) {
    return refuse(server_code::invalid_options, std::move(field), std::move(message));
}

Rejection wrong_type(std::string field, std::string_view wanted, const bson::ValueView& found) {
    std::string message = in_quotes(field) + " must be " + std::string(wanted) + ", not a value of type " +
                          std::string(bson::type_name(found.type())) + ".";
    return refuse(server_code::type_mismatch, std::move(field), std::move(message));
}

std::string key_field(std::string_view field) {
    return "key." + std::string(field);
}

std::string in_quotes(std::string_view text) {
    return "'" + std::string(text) + "'";
}

}  // namespace mim::index
