#include "use_cases.hpp"

namespace mim::fuzz {
namespace {

constexpr std::chrono::milliseconds deadline{1'000};

}  // namespace

UseCases::UseCases()
    : accounts_({store_.users(), store_.families(), hasher_, codec_, clock_}, {}),
      registrations_({store_.users(), store_.invites(), hasher_, invite_tokens_, clock_}, {}),
      users_({store_.users(), store_.families(), accounts_, clock_}),
      invites_({store_.invites(), invite_tokens_, clock_}, app::RegistrationPolicy::open),
      imports_({store_.databases(), store_.definitions(), targets_, clock_, deadline}),
      databases_({store_.databases(), targets_, clock_, deadline}, imports_),
      collections_({store_.databases(), store_.collections(), store_.syncs(), targets_, clock_, deadline}),
      definitions_({store_.databases(), store_.definitions(), clock_}),
      comparisons_({store_.databases(), store_.definitions(), targets_, clock_, deadline}),
      syncs_({store_.databases(), store_.definitions(), store_.syncs(), targets_, comparisons_, clock_,
              deadline}),
      api_keys_({store_.api_keys(), store_.users(), store_.databases(), key_secrets_, clock_}),
      audit_({store_.audit(), store_.users(), clock_}) {
    registrations_.add_admin({"ada", "ada@example.org", Secret("correct horse")}).value();
    tokens_ = accounts_.login("ada", Secret("correct horse")).value();
    const app::DatabaseDraft shop{"shop", "", Secret("mongodb://h/"), "shop"};
    database_ = databases_.create(shop, app::ConnectionTest::skip, app::InitialImport::skip, app::Role::admin)
                    .value()
                    .id.text();
}

http::Api UseCases::api() {
    return {accounts_, registrations_, users_, invites_,  databases_, collections_, definitions_,
            imports_,  comparisons_,   syncs_, api_keys_, audit_,     {},           {}};
}

}  // namespace mim::fuzz
