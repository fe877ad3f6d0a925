#include "drivers/mongoc/machine_credentials.hpp"

#include <algorithm>
#include <array>

namespace mim::drivers::mongoc {
namespace {

namespace filesystem = std::filesystem;

constexpr std::array<std::string_view, 3> known_mechanisms{"aws", "gssapi", "oidc"};
constexpr std::string_view who_can_change_it = "; whoever runs this service can change that";

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::vector<std::string> entries_of(std::string_view list) {
    std::vector<std::string> entries;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(',', start), list.size());
        const std::string_view entry = without_spaces(list.substr(start, end - start));
        if (!entry.empty()) entries.emplace_back(entry);
        start = end + 1;
    }
    return entries;
}

}  // namespace

Result<MachineCredentials> MachineCredentials::parse(std::string_view mechanisms,
                                                     const filesystem::path& folder) {
    MachineCredentials parsed;
    parsed.mechanisms_ = entries_of(mechanisms);
    for (const std::string& entry : parsed.mechanisms_) {
        if (std::find(known_mechanisms.begin(), known_mechanisms.end(), entry) == known_mechanisms.end())
            return invalid_field("--ambient-credentials", "'" + entry + "' is none of aws, gssapi and oidc");
    }
    if (folder.empty()) return parsed;
    std::error_code failure;
    parsed.folder_ = filesystem::canonical(folder, failure);
    if (failure || !filesystem::is_directory(parsed.folder_, failure))
        return invalid_field("--target-tls-folder", folder.string() + " is no folder");
    return parsed;
}

// By where it truly lies: a link in the folder may lead out of it.
bool MachineCredentials::has(const std::string& file) const {
    if (folder_.empty()) return false;
    std::error_code failure;
    const filesystem::path place = filesystem::weakly_canonical(file, failure);
    if (failure || !place.is_absolute()) return false;
    const auto parted = std::mismatch(folder_.begin(), folder_.end(), place.begin(), place.end());
    return parted.first == folder_.end() && parted.second != place.end();
}

std::optional<std::string> MachineCredentials::objection(const TakenFromMachine& taken) const {
    const bool named = taken.mechanism.empty() || std::find(mechanisms_.begin(), mechanisms_.end(),
                                                            taken.mechanism) != mechanisms_.end();
    if (!named)
        return "would sign in with this machine's own credentials, which the setting --ambient-credentials "
               "must name (" +
               taken.mechanism + ")" + std::string(who_can_change_it) + ", or give a user and a password";
    for (const std::string& file : taken.files) {
        if (!has(file))
            return "names a file of this machine (tlsCAFile, tlsCertificateKeyFile), which must lie in the "
                   "folder of the setting --target-tls-folder" +
                   std::string(who_can_change_it);
    }
    return std::nullopt;
}

}  // namespace mim::drivers::mongoc
