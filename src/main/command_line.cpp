#include "main/command_line.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>

#include "main/config_file.hpp"
#include "main/settings/environment_example.hpp"
#include "main/settings/operator_commands.hpp"
#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

// Commands that look at the settings of others take them from where those do.
std::string section_of(const CLI::App& command) {
    return command.get_name() == "worker" ? "worker" : "serve";
}

void add_shared_settings(CLI::App& command, SettingTable& table, ServeSettings& settings) {
    table.add("--data", settings.data, "Folder of the embedded store, queue and keys; made when missing");
    add_engine_settings(table, settings);
    add_work_settings(table, settings);
    add_target_settings(table, settings);
    add_log_settings(table, settings);
    add_apm_settings(table, settings);
    add_secret_settings(table, settings);
    table.add_duration("--grace-seconds", settings.grace, "For what runs to finish after SIGTERM or SIGINT");
    table.add("--config", settings.config,
              "Configuration file: under the line [" + section_of(command) +
                  "], one `setting = value` a line, named like the flags without --");
    command.footer(
        "Every setting is also an environment variable (in brackets); a flag wins over it, it wins over the "
        "file.");
}

std::vector<Setting> describe_serve(CLI::App& command, ServeSettings& settings,
                                    std::set<std::string>& variables) {
    SettingTable table(command, variables);
    table.add("--listen", settings.listen, "Address to serve HTTP on; port 0 takes any free one");
    add_shared_settings(command, table, settings);
    add_http_settings(table, settings);
    add_limit_settings(table, settings);
    add_token_settings(table, settings);
    add_access_settings(table, settings);
    add_tls_settings(table, settings.tls);
    add_web_settings(table, settings.web);
    return table.entries();
}

std::vector<Setting> describe_worker(CLI::App& command, WorkerSettings& settings,
                                     std::set<std::string>& variables) {
    SettingTable table(command, variables);
    add_shared_settings(command, table, settings.common);
    return table.entries();
}

void describe_sandbox(CLI::App& command, SandboxSettings& settings) {
    std::set<std::string> none;
    SettingTable table(command, none);
    const auto parse = [&settings](const std::string& text) {
        if (!parse_endpoint(text, settings.listen))
            throw CLI::ValidationError("--listen",
                                       "'" + text + "' is not HOST:PORT, for example 127.0.0.1:27018");
    };
    command
        .add_option_function<std::string>("--listen", parse, "Address to serve on; port 0 takes any free one")
        ->default_str(settings.listen.text())
        ->type_name("HOST:PORT");
    command.add_option("--seed", settings.seed,
                       "Extended JSON file with databases, collections and indexes to begin with");
    const auto latency = [&settings](const std::int64_t& count) {
        settings.latency = std::chrono::milliseconds(count);
    };
    command
        .add_option_function<std::int64_t>("--latency-ms", latency, "Delay of every answer in milliseconds")
        ->default_str("0")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{60'000}));
    command.add_option("--server-version", settings.server_version, "MongoDB version whose rules to follow")
        ->capture_default_str();
    command.add_option("--auth", settings.auth,
                       "USER:PASSWORD that clients must authenticate with (SCRAM-SHA-256)");
}

CLI::App* describe_store_copy(CLI::App& store, StoreCopySettings& settings, std::vector<Setting>& table) {
    CLI::App* copy = store.add_subcommand(
        "copy",
        "Copy all data from one store to another; stop every mim that uses them first. Can be run again");
    const auto add = [copy, &table](const std::string& flag, const char* variable, Secret& place,
                                    const char* help) {
        const auto keep = [&place](const std::string& text) { place = Secret(text); };
        CLI::Option* option = copy->add_option_function<std::string>(flag, keep, help);
        option->envname(variable)->required()->type_name("URI|FILE");
        table.push_back({flag, option, Shown::masked});
    };
    add("--from", "MIM_COPY_FROM", settings.from,
        "mongodb://HOST/db_manager, or the mim.db of an embedded store");
    add("--to", "MIM_COPY_TO", settings.to, "The same; made when missing");
    return copy;
}

CLI::App* describe_create_admin(CLI::App& user, CreateAdminSettings& settings) {
    CLI::App* create = user.add_subcommand(
        "create-admin",
        "Make an account that administers, in the store itself; its password is read from standard input");
    std::set<std::string> variables;
    SettingTable table(*create, variables);
    table.add("--data", settings.common.data, "Folder of the embedded store");
    table.add_secret("--store", settings.common.store,
                     "MongoDB for the data, as `mim serve` has it; better set as a variable than as a flag");
    table.add("--config", settings.common.config, "Configuration file of `mim serve`, to find the store by");
    create->add_option("--username", settings.username, "Name to log in with")->required();
    create->add_option("--email", settings.email, "Its email address")->required();
    return create;
}

// The file speaks of `mim serve`; what was said of the store on this command line wins.
void apply_serve_file(const CLI::App& create, CreateAdminSettings& settings, CLI::App& serve_command,
                      const ServeSettings& serve) {
    if (settings.common.config.empty()) return;
    apply_config_file(serve_command, "serve", settings.common.config.string());
    if (create.count("--data") == 0) settings.common.data = serve.data;
    if (create.count("--store") == 0) settings.common.store = serve.store;
}

CLI::App* describe_keygen(CLI::App& app, KeygenSettings& settings) {
    CLI::App* keygen = app.add_subcommand("keygen", "Make a key pair that signs tokens, or a key that seals");
    keygen->add_option("--out", settings.out,
                       "Folder for the RSA pair private.pem and public.pem; made when missing");
    keygen->add_option("--secret-key", settings.secret_key,
                       "File to put a new key first in that seals connection strings; its older keys stay");
    keygen->require_option(1, 2);
    return keygen;
}

std::set<std::string> flags_of(const std::vector<Setting>& settings) {
    std::set<std::string> flags;
    for (const auto& setting : settings) flags.insert(setting.flag);
    return flags;
}

// MIM_TEST_… belongs to the test suites; everything else that begins with MIM_ must be a setting.
std::string unknown_variable(char** environment, const std::set<std::string>& known) {
    for (char** entry = environment; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        std::string name(text.substr(0, text.find('=')));
        if (name.starts_with("MIM_") && !name.starts_with("MIM_TEST_") && !known.contains(name)) return name;
    }
    return {};
}

std::string flag_name(const std::string& variable) {
    std::string name = "--";
    for (const char c : variable.substr(4))
        name.push_back(c == '_' ? '-' : static_cast<char>(std::tolower(c)));
    return name;
}

// CLI11 names the flag; the user may have set the variable.
std::string origin_of(const std::string& complaint, const std::set<std::string>& variables) {
    for (const auto& variable : variables) {
        const bool named = complaint.starts_with(flag_name(variable) + ":");
        if (named && std::getenv(variable.c_str()) != nullptr) return " (set by " + variable + ")";
    }
    return {};
}

}  // namespace

std::string Endpoint::text() const {
    const bool ipv6 = host.find(':') != std::string::npos;
    return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Command parse_command_line(int count, char** arguments, char** environment) {
    CLI::App app{"MongoDB Index Manager: keeps the indexes of many MongoDB databases as you defined them.",
                 "mim"};
    app.set_version_flag("--version", std::string("mim ") + program_version);
    app.require_subcommand(1);
    ServeSettings serve;
    WorkerSettings worker;
    SandboxSettings sandbox;
    KeygenSettings keygen;
    StoreCopySettings copy;
    CreateAdminSettings admin;
    std::set<std::string> variables;
    CLI::App* serve_command = app.add_subcommand("serve", "Serve the API and run syncs");
    const auto serve_settings = describe_serve(*serve_command, serve, variables);
    CLI::App* worker_command = app.add_subcommand("worker", "Run syncs without serving the API");
    const auto worker_settings = describe_worker(*worker_command, worker, variables);
    CLI::App* sandbox_command =
        app.add_subcommand("sandbox", "An in-memory MongoDB stand-in for demos and tests");
    describe_sandbox(*sandbox_command, sandbox);
    CLI::App* store_command = app.add_subcommand("store", "Move the data of the service");
    store_command->require_subcommand(1);
    std::vector<Setting> copy_settings;
    CLI::App* copy_command = describe_store_copy(*store_command, copy, copy_settings);
    for (const auto& setting : copy_settings) variables.insert(setting.option->get_envname());
    CLI::App* user_command = app.add_subcommand("user", "Accounts of the service");
    user_command->require_subcommand(1);
    CLI::App* admin_command = describe_create_admin(*user_command, admin);
    CLI::App* keygen_command = describe_keygen(app, keygen);
    OperatorCommands operators(app, *store_command, [&variables](CLI::App& command, ServeSettings& settings) {
        return describe_serve(command, settings, variables);
    });

    std::optional<Command> chosen;
    try {
        app.parse(count, arguments);
        if (worker_command->parsed() && !worker.common.config.empty())
            apply_config_file(*worker_command, "worker", worker.common.config.string());
        if (serve_command->parsed() && !serve.config.empty())
            apply_config_file(*serve_command, "serve", serve.config.string());
        if (admin_command->parsed()) apply_serve_file(*admin_command, admin, *serve_command, serve);
        operators.apply_files();
        chosen = operators.chosen(flags_among(count, arguments), flags_of(worker_settings));
    } catch (const CLI::Success& answered) {
        return Exit{app.exit(answered)};
    } catch (const CLI::ParseError& failure) {
        std::cerr << "mim: " << failure.what() << origin_of(failure.what(), variables)
                  << "; see 'mim --help'\n";
        return Exit{2};
    }
    if (sandbox_command->parsed()) return sandbox;
    if (keygen_command->parsed()) return keygen;
    if (copy_command->parsed()) return copy;
    if (admin_command->parsed()) return admin;
    if (operators.example_wanted()) {
        std::cout << environment_example({{"mim serve and mim worker", worker_settings},
                                          {"mim serve alone", serve_settings},
                                          {"mim store copy", copy_settings}});
        return Exit{0};
    }
    if (const std::string name = unknown_variable(environment, variables); !name.empty()) {
        std::cerr << "mim: " << name << " is not a setting; 'mim serve --help' lists them\n";
        return Exit{2};
    }
    if (chosen) return *chosen;
    if (worker_command->parsed()) return worker;
    return serve;
}

}  // namespace mim::main
