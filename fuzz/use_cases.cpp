#include "use_cases.hpp"

namespace mim::fuzz {
namespace {

constexpr std::chrono::milliseconds deadline{1'000};

}  // namespace

UseCases::UseCases()
    : accounts_({store_.users(), store_.families(), hasher_, codec_, clock_}, {}),
      imports_({store_.databases(), store_.definitions(), targets_, clock_, deadline}),
      databases_({store_.databases(), targets_, clock_, deadline}, imports_),
      collections_({store_.databases(), store_.collections(), store_.syncs(), targets_, deadline}),
      definitions_({store_.databases(), store_.definitions(), clock_}),
      comparisons_({store_.databases(), store_.definitions(), targets_, clock_, deadline}),
      syncs_({store_.databases(), store_.definitions(), store_.syncs(), targets_, comparisons_, clock_,
              deadline}) {
    accounts_.register_user({"ada", "ada@example.org", Secret("correct horse")}).value();
    tokens_ = accounts_.login("ada", Secret("correct horse")).value();
    const app::DatabaseDraft shop{"shop", "", Secret("mongodb://h/"), "shop"};
    database_ =
        databases_.create(shop, app::ConnectionTest::skip, app::InitialImport::skip).value().id.text();
}

http::Api UseCases::api() {
    return {accounts_, databases_, collections_, definitions_, imports_, comparisons_, syncs_, {}, {}};
}

}  // namespace mim::fuzz
