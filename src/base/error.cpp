#include "base/error.hpp"

namespace mim {

Error::Error(std::vector<FieldError> bad_fields)
    : code(ErrorCode::invalid_input), message("Field wrong type"), fields(std::move(bad_fields)) {}

Error invalid_field(std::string path, std::string reason) {
    return Error{{FieldError{std::move(path), std::move(reason)}}};
}

}  // namespace mim
