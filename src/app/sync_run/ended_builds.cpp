#include "app/sync_run/ended_builds.hpp"

#include "base/server_code.hpp"

namespace mim::app {

bool was_ended_at_server(const Error& error) {
    if (!error.server) return false;
    return error.server->code == server_code::index_build_aborted ||
           error.server->code == server_code::interrupted;
}

Error not_begun_again(const Error& ended) {
    Error told = ended;
    told.server->message =
        "this build was ended at the server: somebody dropped its index or its collection, or killed its "
        "operation, or the deployment gave it up. It was not begun again. The server says: " +
        ended.server->message;
    told.message = told.server->message;
    return told;
}

Error collection_dropped(const std::string& collection) {
    return {ErrorCode::not_found, "the collection " + collection +
                                      " was dropped since the plan was made: it is not made anew for its "
                                      "indexes"};
}

bool is_fate_of_all(const Error& error) {
    return was_ended_at_server(error) || error.code == ErrorCode::not_found;
}

}  // namespace mim::app
