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
#include "unit/store/sealed_world.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::contract {

using Worlds = ::testing::Types<store::SqliteWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UserNamesContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UserStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, InviteStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, TrashStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, TokenFamilyStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, ApiKeyStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, AuditStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, DatabaseStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, DefinitionStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, CollectionStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, SyncStoreContract, Worlds);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, SyncProgressStoreContract, Worlds);

using SealedWorlds = ::testing::Types<store::SealedWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sealing, DatabaseStoreContract, SealedWorlds);

}  // namespace mim::contract
