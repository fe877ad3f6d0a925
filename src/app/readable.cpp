#include "app/readable.hpp"

namespace mim::app {

Done check_readable(const std::vector<index::LiveCollection>& collections) {
    for (const index::LiveCollection& collection : collections) {
        if (!collection.unreadable) continue;
        Error error = *collection.unreadable;
        error.message = "Collection " + collection.name + " cannot be read: " + error.message;
        return error;
    }
    return {};
}

}  // namespace mim::app
