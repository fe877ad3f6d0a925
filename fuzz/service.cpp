#include "service.hpp"

namespace mim::fuzz {

Service::Service() {
    use_cases_.registrations.add_admin({"ada", "ada@example.org", Secret("correct horse")}).value();
    tokens_ = use_cases_.accounts.login("ada", Secret("correct horse")).value();
    const app::DatabaseDraft shop{"shop", "", Secret("mongodb://h/"), "shop"};
    database_ = use_cases_.databases
                    .create(shop, app::ConnectionTest::skip, app::InitialImport::skip, app::Role::admin)
                    .value()
                    .id.text();
}

http::Api Service::api() {
    return {use_cases_};
}

}  // namespace mim::fuzz
