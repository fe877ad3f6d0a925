// The settings of `mim serve` and `mim worker`, a function and a file a topic. Each adds its flags to the
// table, with help and limits; the fields and their defaults are in settings.hpp.
#pragma once

#include "main/settings/setting_table.hpp"

namespace mim::main {

void add_access_settings(SettingTable& table, ServeSettings& settings);
void add_apm_settings(SettingTable& table, ServeSettings& settings);
void add_engine_settings(SettingTable& table, ServeSettings& settings);
void add_http_settings(SettingTable& table, ServeSettings& settings);
void add_limit_settings(SettingTable& table, ServeSettings& settings);
void add_log_settings(SettingTable& table, ServeSettings& settings);
void add_secret_settings(SettingTable& table, ServeSettings& settings);
void add_tls_settings(SettingTable& table, TlsSettings& settings);
void add_target_settings(SettingTable& table, ServeSettings& settings);
void add_token_settings(SettingTable& table, ServeSettings& settings);
void add_web_settings(SettingTable& table, WebSettings& settings);
void add_work_settings(SettingTable& table, ServeSettings& settings);

}  // namespace mim::main
