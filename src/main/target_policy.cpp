#include "main/target_policy.hpp"

namespace mim::main {

Result<drivers::mongoc::TargetPolicy> target_policy(const TargetSettings& settings) {
    using drivers::mongoc::MachineCredentials;
    MIM_TRY(credentials, MachineCredentials::parse(settings.ambient_credentials, settings.tls_folder));
    return drivers::mongoc::TargetPolicy::parse(settings.allow, settings.deny, std::move(credentials));
}

}  // namespace mim::main
