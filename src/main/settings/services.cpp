#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

void add_shared_settings(SettingTable& table, ServeSettings& settings, const std::string& section) {
    table.add_path("--data", settings.data,
                   "Folder of the embedded store, queue and keys; made when missing");
    add_engine_settings(table, settings);
    add_work_settings(table, settings);
    add_target_settings(table, settings);
    add_log_settings(table, settings);
    add_apm_settings(table, settings);
    add_secret_settings(table, settings);
    table.add_seconds("--grace-seconds", settings.grace, "For what runs to finish after SIGTERM or SIGINT");
    table.add_path("--config", settings.config,
                   "Configuration file: under the line [" + section +
                       "], one `setting = value` a line, named like the flags without --");
}

}  // namespace

std::vector<Setting> settings_of_serve(ServeSettings& settings) {
    SettingTable table;
    table.add_endpoint("--listen", settings.http.host, settings.http.port,
                       "Address to serve HTTP on; port 0 takes any free one");
    add_shared_settings(table, settings, "serve");
    add_http_settings(table, settings);
    add_limit_settings(table, settings);
    add_token_settings(table, settings);
    add_access_settings(table, settings);
    add_tls_settings(table, settings.http.tls);
    add_web_settings(table, settings.http);
    return table.rows();
}

std::vector<Setting> settings_of_worker(ServeSettings& settings) {
    SettingTable table;
    add_shared_settings(table, settings, "worker");
    return table.rows();
}

}  // namespace mim::main
