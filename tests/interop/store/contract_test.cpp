#include "contract/api_key_store_contract.hpp"
#include "contract/audit_store_contract.hpp"
#include "contract/collection_store_contract.hpp"
#include "contract/database_store_contract.hpp"
#include "contract/definition_store_contract.hpp"
#include "contract/invite_store_contract.hpp"
#include "contract/sync_progress_store_contract.hpp"
#include "contract/sync_store_contract.hpp"
#include "contract/token_family_store_contract.hpp"
#include "contract/trash_store_contract.hpp"
#include "contract/user_names_contract.hpp"
#include "contract/user_store_contract.hpp"
#include "interop/store/mongodb_world.hpp"

namespace mim::contract {

using Worlds = ::testing::Types<store::MongoWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, UserNamesContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, UserStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, InviteStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, TrashStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, TokenFamilyStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, ApiKeyStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, AuditStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, DatabaseStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, DefinitionStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, CollectionStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, SyncStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Mongodb, SyncProgressStoreContract, Worlds);

}  // namespace mim::contract
