// Sessions: taken and forgotten, since nothing here outlives a command.
#include <array>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

Reply nothing(Instance&, const Request&) {
    return bson::Document();
}

constexpr std::array session_commands{Command{"endSessions", &nothing, Access::anyone},
                                      Command{"killSessions", &nothing}, Command{"killAllSessions", &nothing},
                                      Command{"refreshSessions", &nothing}};

}  // namespace

Family session_family() {
    return session_commands;
}

}  // namespace mim::sandbox::commands
