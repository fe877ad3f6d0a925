#include "main/settings/command_table.hpp"

#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

// What the commands on the store need of the many settings; the others are taken, but not told of.
const std::set<std::string>& settings_of_the_store() {
    static const std::set<std::string> flags{"--data", "--store", "--secret-key-file", "--secret-keys",
                                             "--config"};
    return flags;
}

Setting& without_variable(Setting& row) {
    row.variable.clear();
    return row;
}

std::vector<Setting> required(Setting row) {
    row.need = Need::required;
    return {without_variable(row)};
}

}  // namespace

CommandTable::CommandTable()
    : groups_{{"store", "Move the data of the service"},
              {"user", "Accounts of the service"},
              {"config", "Look at the settings"}} {
    add_services();
    add_sandbox();
    add_store_copy();
    add_store_commands();
    add_create_admin();
    add_keygen();
    add_looking_commands();
    add_healthcheck();
    for (const auto& command : commands_) {
        if (command.sources == DescribedCommand::Sources::all) variables_.add(command.settings);
    }
}

std::vector<std::string> names_of(const CommandTable& table) {
    std::vector<std::string> names;
    for (const auto& command : table.commands()) names.push_back(command.name);
    return names;
}

DescribedCommand& CommandTable::add(const std::string& name, const std::string& help,
                                    std::vector<Setting> settings) {
    commands_.push_back({.name = name, .help = help, .settings = std::move(settings)});
    return commands_.back();
}

DescribedCommand& CommandTable::add_on_service(const std::string& name, const std::string& help,
                                               ServeSettings& settings, const std::set<std::string>& told,
                                               const std::vector<Setting>& own) {
    DescribedCommand& command = add(name, help, settings_of_serve(settings));
    command.sources = DescribedCommand::Sources::all;
    command.config = &settings.config;
    command.told = told;
    for (const auto& row : own) {
        command.settings.push_back(row);
        if (!told.empty()) command.told.insert(row.flag);
    }
    return command;
}

void CommandTable::add_services() {
    add_on_service("serve", "Serve the API and run syncs", serve_, {}).outcome = [this](const auto&) {
        return serve_;
    };
    DescribedCommand& worker =
        add("worker", "Run syncs without serving the API", settings_of_worker(worker_.common));
    worker.sources = DescribedCommand::Sources::all;
    worker.config = &worker_.common.config;
    worker.outcome = [this](const auto&) { return worker_; };
}

void CommandTable::add_store_copy() {
    SettingTable table;
    const std::string kind = "URI|FILE";
    Setting& from = table.add_secret("--from", copy_.from,
                                     "mongodb://HOST/db_manager, or the mim.db of an embedded store", kind);
    from.variable = "MIM_COPY_FROM";
    from.need = Need::required;
    Setting& to = table.add_secret("--to", copy_.to, "The same; made when missing, with its folder", kind);
    to.variable = "MIM_COPY_TO";
    to.need = Need::required;
    table.add_path("--secret-key-file", copy_.secrets.key_file,
                   "Keys that must open the connection strings of the source before anything is copied. "
                   "Default: secret.key beside either store's file, where there is one");
    table.add_secret("--secret-keys", copy_.secrets.keys, "The same keys as a text, in place of the file",
                     "KEYS");
    DescribedCommand& copy =
        add("store copy",
            "Copy all data from one store to another; stop every mim that uses them first. Can be run again",
            table.rows());
    copy.sources = DescribedCommand::Sources::all;
    copy.outcome = [this](const auto&) { return copy_; };
}

void CommandTable::add_store_commands() {
    add_on_service("store rekey", "Seal every connection string in the store with the first of the keys",
                   rekey_.common, settings_of_the_store())
        .outcome = [this](const auto&) { return rekey_; };
    SettingTable table;
    const auto to =
        required(table.add_path("--to", backup_.to, "The file to make; one that is there is kept"));
    add_on_service("store backup", "Copy the embedded store into a file, also while mim runs", backup_.common,
                   settings_of_the_store(), to)
        .outcome = [this](const auto&) { return backup_; };
    const auto from = required(table.add_path("--from", restore_.from, "A file made by `mim store backup`"));
    add_on_service("store restore",
                   "Put a backup in the place of the embedded store; stop every mim that uses it first",
                   restore_.common, settings_of_the_store(), from)
        .outcome = [this](const auto&) { return restore_; };
    add_on_service("store create",
                   "Make an empty embedded store where one was lost; one that is there is kept",
                   create_.common, settings_of_the_store())
        .outcome = [this](const auto&) { return create_; };
}

void CommandTable::add_create_admin() {
    SettingTable table;
    auto own = required(table.add_text("--username", admin_.username, "Name to log in with"));
    own.push_back(required(table.add_text("--email", admin_.email, "Its email address")).front());
    add_on_service(
        "user create-admin",
        "Make an account that administers, in the store itself; its password is read from standard input",
        admin_.common, {"--data", "--store", "--config"}, own)
        .outcome = [this](const auto&) { return admin_; };
}

void CommandTable::add_keygen() {
    SettingTable table;
    without_variable(table.add_path("--out", keygen_.out,
                                    "Folder for the RSA pair private.pem and public.pem; made when missing"));
    without_variable(
        table.add_path("--secret-key", keygen_.secret_key,
                       "File to put a new key first in that seals connection strings; its older keys stay"));
    add("keygen", "Make a key pair that signs tokens, or a key that seals", table.rows()).outcome =
        [this](const auto&) { return keygen_; };
}

void CommandTable::add_looking_commands() {
    DescribedCommand& check =
        add_on_service("config check", "Print the settings in force, where each came from, and what is wrong",
                       check_.common, {});
    check.of = &check_.of;
    check.settings_of_worker = settings_of_worker(check_.common);
    check.outcome = [this](const auto& effective) {
        check_.effective = effective;
        return check_;
    };
    add("config example", "Print an example of every variable, as in .env.example", {}).outcome =
        [this](const auto&) -> Command {
        std::vector<ExampleSection> sections{{"mim serve and mim worker", settings_of_worker(worker_.common)},
                                             {"mim serve alone", settings_of_serve(serve_)}};
        for (const auto& command : commands_) {
            if (command.name == "store copy") sections.push_back({"mim store copy", command.settings});
        }
        return ConfigExample{environment_example(sections)};
    };
    SettingTable table;
    without_variable(table.add_choice<ReportForm>(
        "--output", doctor_.output, {{"text", ReportForm::text}, {"json", ReportForm::json}},
        "Findings for people, as they come, or one JSON document at the end"));
    without_variable(table.add_seconds(
        "--time-limit-seconds", doctor_.time_limit,
        "Longest time for all checks together; those that are not finished then are failures"));
    const std::vector<Setting> own = table.rows();
    DescribedCommand& doctor = add_on_service(
        "doctor", "Test store, queue, keys, clock and every target, and print what to do; changes nothing",
        doctor_.common, {}, own);
    doctor.of = &doctor_.of;
    doctor.settings_of_worker = settings_of_worker(doctor_.common);
    doctor.settings_of_worker.insert(doctor.settings_of_worker.end(), own.begin(), own.end());
    doctor.outcome = [this](const auto&) { return doctor_; };
}

void CommandTable::add_healthcheck() {
    SettingTable table;
    const auto timeout = without_variable(table.add_milliseconds("--timeout-ms", healthcheck_.timeout,
                                                                 "Longest wait for the answer", 1, 600'000));
    DescribedCommand& command = add_on_service(
        "healthcheck", "Ask the server on this machine whether it is healthy; exit code 0 when it says so",
        healthcheck_.common, {"--listen", "--tls-certificate", "--tls-key", "--config"}, {timeout});
    command.exit_when_refused = 1;  // container engines know healthy and not, by 0 and 1
    command.outcome = [this](const auto&) { return healthcheck_; };
}

}  // namespace mim::main
