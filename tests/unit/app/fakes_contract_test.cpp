// The fakes pass the same suites as the real adapters: what the use-cases are tested against behaves like the
// truth.
#include "contract/api_key_store_contract.hpp"
#include "contract/audit_store_contract.hpp"
#include "contract/collection_store_contract.hpp"
#include "contract/database_store_contract.hpp"
#include "contract/definition_store_contract.hpp"
#include "contract/invite_store_contract.hpp"
#include "contract/job_queue_contract.hpp"
#include "contract/key_secrets_contract.hpp"
#include "contract/password_hasher_contract.hpp"
#include "contract/sync_progress_store_contract.hpp"
#include "contract/sync_store_contract.hpp"
#include "contract/token_codec_contract.hpp"
#include "contract/token_family_store_contract.hpp"
#include "contract/trash_store_contract.hpp"
#include "contract/user_names_contract.hpp"
#include "contract/user_store_contract.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::contract {

class FakeHarness {
  public:
    app::UserStore& users() { return store_.users(); }
    app::TokenFamilyStore& families() { return store_.families(); }
    app::InviteStore& invites() { return store_.invites(); }
    app::ApiKeyStore& api_keys() { return store_.api_keys(); }
    app::AuditStore& audit() { return store_.audit(); }
    app::TrashStore& trash() { return store_.trash(); }
    app::DatabaseStore& databases() { return store_.databases(); }
    app::DefinitionStore& definitions() { return store_.definitions(); }
    app::CollectionStore& collections() { return store_.collections(); }
    app::SyncStore& syncs() { return store_.syncs(); }
    app::SyncProgressStore& progress() { return store_.progress(); }
    app::JobQueue& queue() { return store_.queue(); }
    void advance(std::chrono::milliseconds span) { clock_.advance(span); }
    app::PasswordHasher& hasher() { return hasher_; }
    app::KeySecrets& key_secrets() { return key_secrets_; }
    app::TokenCodec& tokens() { return tokens_; }
    app::TokenCodec& stranger() { return stranger_; }

  private:
    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeKeySecrets key_secrets_;
    fakes::FakeTokens tokens_{"key"};
    fakes::FakeTokens stranger_{"other key"};
};

using Harnesses = ::testing::Types<FakeHarness>;
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, UserNamesContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, UserStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, InviteStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, TrashStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, TokenFamilyStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, ApiKeyStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, AuditStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, KeySecretsContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, DatabaseStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, DefinitionStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, CollectionStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, SyncStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, SyncProgressStoreContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, JobQueueContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, PasswordHasherContract, Harnesses);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, TokenCodecContract, Harnesses);

}  // namespace mim::contract
