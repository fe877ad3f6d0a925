// Bodies for every route that takes one, as a signed-in user, through the dispatcher: the first byte chooses
// the route. Never a 500, always a JSON answer.
#include <boost/json/parse.hpp>

#include "fuzz.hpp"
#include "http/dispatcher.hpp"
#include "service.hpp"

namespace {

using namespace mim::http;
using mim::fuzz::must;

constexpr unsigned runs_of_one_store = 256;

struct Running {
    mim::fuzz::Service service;
    const Api api = service.api();
    const Documents documents{};
    const Context context{api, documents, mim::silent_logger()};
    const Router router{routes(), {"/api/v1"}};
    RequestLimits limits{{}, nullptr, mim::silent_logger()};
    const Dispatcher dispatcher{router, context, limits};
};

std::vector<const Route*> routes_with_bodies() {
    std::vector<const Route*> found;
    for (const Route& route : routes()) {
        if (route.method != Method::get && route.mount == Mount::base) found.push_back(&route);
    }
    return found;
}

std::string path_of(const Route& route, const std::string& id) {
    std::string path = "/api/v1" + std::string(route.pattern);
    for (const char* name : {":sync_id", ":database_id", ":id"}) path = mim::fuzz::filled_in(path, name, id);
    return path;
}

void check(const Response& response) {
    must(response.status != 500, "no internal error", response.body);
    if (response.content_type != json_type || response.body.empty()) return;
    boost::system::error_code failure;
    boost::json::parse(response.body, failure);
    must(!failure, "an answer is JSON", response.body);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto choices = routes_with_bodies();
    static std::unique_ptr<Running> running;
    static unsigned runs = 0;
    if (size == 0) return 0;
    if (!running || ++runs % runs_of_one_store == 0) running = std::make_unique<Running>();

    Request request;
    const std::string& database = running->service.database();
    const Route& route = *choices[data[0] % choices.size()];
    request.method = route.method;
    request.path = path_of(route, database);
    request.authorization = "Bearer " + running->service.token();
    request.content_type = "application/json";
    request.id = "fuzz";
    request.body = mim::fuzz::filled_in(mim::fuzz::text_of(data + 1, size - 1), "DATABASE", database);

    Ticket ticket = running->dispatcher.route(request);
    const Response response =
        ticket.answer ? std::move(*ticket.answer) : running->dispatcher.run(*ticket.route, request);
    check(response);
    if (response.status == 401 || route.need == Need::account) running.reset();  // it may have signed out
    return 0;
}
