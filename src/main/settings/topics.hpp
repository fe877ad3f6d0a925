// The settings of `mim serve` and `mim worker`, a function and a file a topic. Each adds its rows to the
// table, with help and limits; the fields and their defaults are in settings.hpp and in what it is made of.
#pragma once

#include "main/settings.hpp"
#include "main/settings/setting_table.hpp"

namespace mim::main {

void add_access_settings(SettingTable& table, ServeSettings& settings);
void add_apm_settings(SettingTable& table, ServeSettings& settings);
void add_engine_settings(SettingTable& table, ServeSettings& settings);
void add_http_settings(SettingTable& table, ServeSettings& settings);
void add_limit_settings(SettingTable& table, ServeSettings& settings);
void add_log_settings(SettingTable& table, ServeSettings& settings);
void add_secret_settings(SettingTable& table, ServeSettings& settings);
void add_tls_settings(SettingTable& table, http::TlsSettings& settings);
void add_target_settings(SettingTable& table, ServeSettings& settings);
void add_token_settings(SettingTable& table, ServeSettings& settings);
void add_web_settings(SettingTable& table, http::ServerSettings& settings);
void add_work_settings(SettingTable& table, ServeSettings& settings);

// All of them together, in the order of the help.
[[nodiscard]] std::vector<Setting> settings_of_serve(ServeSettings& settings);
[[nodiscard]] std::vector<Setting> settings_of_worker(ServeSettings& settings);

}  // namespace mim::main
