#include "bson/library.hpp"

#include <bson/bson.h>

namespace mim::bson {

std::string library_version() {
    return bson_get_version();
}

}  // namespace mim::bson
