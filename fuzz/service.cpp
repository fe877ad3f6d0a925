#include "service.hpp"

namespace mim::fuzz {
namespace {

constexpr std::chrono::milliseconds deadline{1'000};

}  // namespace

Service::Service()
    : use_cases_({.users = store_.users(),
                  .families = store_.families(),
                  .invites = store_.invites(),
                  .api_keys = store_.api_keys(),
                  .audit = store_.audit(),
                  .trash = store_.trash(),
                  .databases = store_.databases(),
                  .definitions = store_.definitions(),
                  .collections = store_.collections(),
                  .syncs = store_.syncs(),
                  .targets = targets_,
                  .hasher = hasher_,
                  .tokens = codec_,
                  .invite_tokens = invite_tokens_,
                  .reset_tokens = reset_tokens_,
                  .key_secrets = key_secrets_,
                  .clock = clock_},
                 {.target_deadline = deadline}) {
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
