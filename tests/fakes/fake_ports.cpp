#include "fakes/fake_ports.hpp"

namespace mim::fakes {

app::UseCasePorts FakePorts::ports() {
    return {.users = store.users(),
            .families = store.families(),
            .invites = store.invites(),
            .api_keys = store.api_keys(),
            .audit = store.audit(),
            .trash = store.trash(),
            .databases = store.databases(),
            .definitions = store.definitions(),
            .collections = store.collections(),
            .syncs = store.syncs(),
            .targets = targets,
            .hasher = hasher,
            .tokens = codec,
            .invite_tokens = invite_tokens,
            .reset_tokens = reset_tokens,
            .key_secrets = key_secrets,
            .clock = clock};
}

}  // namespace mim::fakes
