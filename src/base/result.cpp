#include "base/result.hpp"

namespace mim {

BadResultAccess::BadResultAccess(const Error& error)
    : std::logic_error(std::string(to_string(error.code)) + ": " + error.message) {}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw BadResultAccess(error);
}

}  // namespace mim
