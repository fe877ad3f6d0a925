// Sessions: taken and forgotten, since nothing here outlives a command.
#include <array>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

Reply nothing(Instance&, const Request&) {
    return bson::Document();
}

constexpr std::array family{Command{"endSessions", &nothing, Access::anyone},
                            Command{"killSessions", &nothing}, Command{"killAllSessions", &nothing},
                            Command{"refreshSessions", &nothing}};

}  // namespace

Family session_family() {
    return family;
}

}  // namespace mim::sandbox::commands
