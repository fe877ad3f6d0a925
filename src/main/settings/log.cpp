#include "main/settings/topics.hpp"

namespace mim::main {

void add_log_settings(SettingTable& table, ServeSettings& settings) {
    const std::map<std::string, LogLevel> levels{{"debug", LogLevel::debug},
                                                 {"info", LogLevel::info},
                                                 {"warning", LogLevel::warning},
                                                 {"error", LogLevel::error}};
    const std::map<std::string, drivers::LogFormat> formats{{"text", drivers::LogFormat::text},
                                                            {"json", drivers::LogFormat::json}};
    table.add_choice("--log-level", settings.log_level, levels, "Least important log events to write");
    table.add_choice("--log-format", settings.log_format, formats,
                     "Log lines for people (text) or machines (json)");
}

}  // namespace mim::main
