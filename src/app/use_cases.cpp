#include "app/use_cases.hpp"

namespace mim::app {

UseCases::UseCases(const UseCasePorts& ports, const UseCaseRules& rules)
    : accounts({ports.users, ports.families, ports.hasher, ports.tokens, ports.clock}, rules.lifetimes,
               rules.logins),
      registrations({ports.users, ports.invites, ports.hasher, ports.invite_tokens, ports.clock},
                    rules.registration),
      api_keys({ports.api_keys, ports.users, ports.databases, ports.key_secrets, ports.clock}),
      users({ports.users, ports.families, accounts, api_keys, ports.clock}),
      password_resets({ports.users, ports.families, ports.hasher, ports.reset_tokens, accounts, ports.clock}),
      invites({ports.invites, ports.invite_tokens, ports.clock}, rules.registration.policy),
      imports({ports.databases, ports.definitions, ports.targets, ports.clock, rules.target_deadline}),
      databases({ports.databases, ports.collections, ports.targets, ports.clock, rules.target_deadline},
                imports),
      collections({ports.databases, ports.collections, ports.syncs, ports.targets, ports.clock,
                   rules.target_deadline}),
      definitions({ports.databases, ports.definitions, ports.clock}),
      comparisons({ports.databases, ports.definitions, ports.targets, ports.clock, rules.target_deadline}),
      syncs({ports.databases, ports.definitions, ports.syncs, ports.targets, comparisons, ports.clock,
             rules.target_deadline, rules.max_active_syncs}),
      trash({ports.trash, ports.clock}),
      audit({ports.audit, ports.users, ports.clock}) {}

}  // namespace mim::app
