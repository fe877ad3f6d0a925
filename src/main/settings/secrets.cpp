#include "main/settings/topics.hpp"

namespace mim::main {

void add_secret_settings(SettingTable& table, ServeSettings& settings) {
    table.add_path(
        "--secret-key-file", settings.secrets.key_file,
        "Keys that seal the connection strings in the store, one a line: the first seals, all open. "
        "Default DATA/secret.key, made at first start; with --store they must be given");
    table.add_secret("--secret-keys", settings.secrets.keys,
                     "The same keys as a text, in place of the file, with commas between them; set it as a "
                     "variable, as others can see flags",
                     "KEYS");
}

}  // namespace mim::main
