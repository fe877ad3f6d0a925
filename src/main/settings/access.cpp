#include "main/settings/topics.hpp"

namespace mim::main {

void add_access_settings(SettingTable& table, ServeSettings& settings) {
    using app::RegistrationPolicy;
    table.add_optional_choice(
        "--registration", settings.access.registration,
        {{"open", RegistrationPolicy::open},
         {"invite", RegistrationPolicy::invite},
         {"closed", RegistrationPolicy::closed}},
        "Who may make an account: anybody, who has an invite, or nobody; open on a loopback address, "
        "must be chosen on any other");
    table.add_choice("--default-role", settings.access.default_role,
                     {{"editor", app::Role::editor}, {"viewer", app::Role::viewer}},
                     "Role of an account made without an invite; the very first one administers");
}

}  // namespace mim::main
