#include "drivers/mongoc/uri.hpp"

#include "drivers/mongoc/library.hpp"
#include "drivers/mongoc/uri_text.hpp"

namespace mim::drivers::mongoc {

Result<Uri> Uri::parse(const Secret& text, const UriLimits& limits) {
    initialise();
    if (const auto reason = objection(text.reveal(), limits)) return invalid_field("uri", *reason);
    bson_error_t error{};
    UriHandle handle(mongoc_uri_new_with_error(text.reveal().c_str(), &error));
    if (!handle)
        return invalid_field("uri", "the MongoDB driver refuses it: " + without_quotations(error.message));
    return Uri(std::move(handle));
}

std::string Uri::database() const {
    const char* const name = mongoc_uri_get_database(handle_.get());
    return name == nullptr ? std::string() : std::string(name);
}

}  // namespace mim::drivers::mongoc
