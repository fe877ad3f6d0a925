#include "main/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include <CLI/CLI.hpp>

#include "main/config_file.hpp"

namespace mim::main {
namespace {

std::string environment_name(std::string_view flag) {
    std::string name = "MIM_";
    for (const char c : flag.substr(2)) name.push_back(c == '-' ? '_' : static_cast<char>(std::toupper(c)));
    return name;
}

bool parse_endpoint(const std::string& text, Endpoint& endpoint) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const std::string_view digits = std::string_view(text).substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return false;
    endpoint = {std::move(host), port};
    return true;
}

// Adds settings to one command; each is a flag, a MIM_ variable and a key of the configuration file.
class SettingTable {
  public:
    SettingTable(CLI::App& command, std::set<std::string>& variables)
        : command_(command), variables_(variables) {}

    template <class Value>
    CLI::Option* add(const std::string& flag, Value& value, const std::string& help) {
        return named(command_.add_option(flag, value, help)->capture_default_str(), flag);
    }

    void add(const std::string& flag, Endpoint& endpoint, const std::string& help) {
        const auto parse = [&endpoint, flag](const std::string& text) {
            if (parse_endpoint(text, endpoint)) return true;
            throw CLI::ValidationError(flag, "'" + text + "' is not HOST:PORT, for example 127.0.0.1:8080");
        };
        named(command_.add_option_function<std::string>(flag, parse, help)->default_str(endpoint.text()),
              flag)
            ->type_name("HOST:PORT");
    }

    // Never shown again: neither in the help nor in a complaint.
    void add_secret(const std::string& flag, Secret& value, const std::string& help) {
        const auto keep = [&value](const std::string& text) { value = Secret(text); };
        named(command_.add_option_function<std::string>(flag, keep, help), flag)->type_name("URI");
    }

    template <class Duration>
    void add_duration(const std::string& flag, Duration& duration, const std::string& help,
                      std::int64_t least = 1) {
        constexpr std::int64_t most = 31'536'000'000;  // far beyond use, well within every duration type
        const auto store = [&duration](const std::int64_t& count) { duration = Duration(count); };
        named(command_.add_option_function<std::int64_t>(flag, store, help)
                  ->default_str(std::to_string(duration.count()))
                  ->check(CLI::Range(least, most)),
              flag);
    }

    template <class Value>
    void add_count(const std::string& flag, Value& value, const std::string& help, Value least, Value most) {
        add(flag, value, help)->check(CLI::Range(least, most));
    }

    template <class Choice>
    void add_choice(const std::string& flag, Choice& value, const std::map<std::string, Choice>& choices,
                    const std::string& help) {
        const auto parse = [&value, choices](const std::string& text) { value = choices.at(text); };
        std::string shown;
        for (const auto& [name, choice] : choices) {
            if (choice == value) shown = name;
        }
        std::vector<std::string> names;
        names.reserve(choices.size());
        for (const auto& entry : choices) names.push_back(entry.first);
        named(command_.add_option_function<std::string>(flag, parse, help)
                  ->default_str(shown)
                  ->check(CLI::IsMember(names)),
              flag);
    }

  private:
    CLI::Option* named(CLI::Option* option, const std::string& flag) {
        variables_.insert(environment_name(flag));
        return option->envname(environment_name(flag));
    }

    CLI::App& command_;
    std::set<std::string>& variables_;
};

void add_log_settings(SettingTable& table, ServeSettings& settings) {
    const std::map<std::string, LogLevel> levels{{"debug", LogLevel::debug},
                                                 {"info", LogLevel::info},
                                                 {"warning", LogLevel::warning},
                                                 {"error", LogLevel::error}};
    const std::map<std::string, LogStyle> styles{{"text", LogStyle::text}, {"json", LogStyle::json}};
    table.add_choice("--log-level", settings.log_level, levels, "Least important log events to write");
    table.add_choice("--log-format", settings.log_format, styles,
                     "Log lines for people (text) or machines (json)");
}

void add_token_settings(SettingTable& table, ServeSettings& settings) {
    table.add("--private-key", settings.private_key,
              "RSA private key (PEM) that signs tokens; default DATA/private.pem, made at first start");
    table.add("--public-key", settings.public_key, "Its public key (PEM); default DATA/public.pem");
    table.add_duration("--access-token-seconds", settings.access_token_lifetime,
                       "How long an access token is good");
    table.add_duration("--refresh-token-seconds", settings.refresh_token_lifetime,
                       "How long a refresh token is good");
}

void add_http_settings(SettingTable& table, ServeSettings& settings) {
    table.add("--base-path", settings.base_path, "Where the API is mounted");
    table.add_count("--io-threads", settings.io_threads, "Threads that talk to sockets", 1U, 64U);
    table.add_count("--request-threads", settings.request_threads, "Threads that do the work of requests", 1U,
                    1024U);
    table.add_count("--request-queue", settings.request_queue,
                    "Requests that may wait for such a thread; one more is answered 503", 1U, 1'000'000U);
    table.add_count("--max-connections", settings.max_connections,
                    "Connections open at once; one more is answered 503", 1U, 1'000'000U);
    table.add_count("--max-event-streams", settings.max_event_streams, "Event streams open at once", 0U,
                    100'000U);
    table.add_count("--max-body-bytes", settings.max_body_bytes,
                    "Largest request body in bytes; a larger one is answered 413", std::uint64_t{1024},
                    std::uint64_t{1} << 30U);
    table.add_count("--max-header-bytes", settings.max_header_bytes, "Largest request header in bytes", 1024U,
                    1U << 20U);
    table.add_duration("--header-timeout-seconds", settings.header_timeout,
                       "For a request's header to arrive");
    table.add_duration("--body-timeout-seconds", settings.body_timeout, "For a request's body to arrive");
    table.add_duration("--idle-timeout-seconds", settings.idle_timeout,
                       "For the next request of a kept-alive connection to begin");
}

void add_queue_settings(SettingTable& table, ServeSettings& settings) {
    table.add_secret(
        "--store", settings.store,
        "MongoDB for the data, mongodb://HOST/db_manager; needs a --queue on Redis; better set as "
        "a variable than as a flag, which others can see. Default: in DATA");
    table.add_secret("--queue", settings.queue,
                     "Redis for the jobs, redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for "
                     "TLS; better set as a variable than as a flag, which others can see. Default: in DATA");
    table.add_duration("--feed-interval-seconds", settings.feed_interval,
                       "How often a queue on Redis is offered the syncs that wait in the store");
}

void add_work_settings(SettingTable& table, ServeSettings& settings) {
    table.add_count("--workers", settings.workers, "Syncs run at once by this process; 0 = none", 0U, 256U);
    table.add_count("--syncs-per-target", settings.syncs_per_target,
                    "Syncs of one deployment run at once by this process; 0 = half of the workers", 0U, 256U);
    table.add_count("--max-syncs", settings.max_syncs, "Syncs run at once by all processes; 0 = any number",
                    0U, 100'000U);
    table.add_duration("--lease-seconds", settings.lease,
                       "A job whose worker is silent this long is taken over");
    table.add_duration("--build-deadline-seconds", settings.build_deadline,
                       "Longest wait for one index build");
    table.add_duration("--target-deadline-seconds", settings.target_deadline,
                       "Longest wait for a target when a request asks it");
    table.add_count("--read-concurrency", settings.read_concurrency,
                    "Collections of targets read at once by this process", 1U, 256U);
    table.add_count("--max-targets", settings.max_targets, "Targets whose connections are kept open", 1U,
                    10'000U);
}

void add_shared_settings(CLI::App& command, SettingTable& table, ServeSettings& settings) {
    table.add("--data", settings.data, "Folder of the embedded store, queue and keys; made when missing");
    add_queue_settings(table, settings);
    add_work_settings(table, settings);
    add_log_settings(table, settings);
    table.add_duration("--grace-seconds", settings.grace, "For what runs to finish after SIGTERM or SIGINT");
    table.add("--config", settings.config,
              "Configuration file: under the line [" + command.get_name() +
                  "], one `setting = value` a line, named like the flags without --");
    command.footer(
        "Every setting is also an environment variable (in brackets); a flag wins over it, it wins over the "
        "file.");
}

void describe_serve(CLI::App& command, ServeSettings& settings, std::set<std::string>& variables) {
    SettingTable table(command, variables);
    table.add("--listen", settings.listen, "Address to serve HTTP on; port 0 takes any free one");
    add_shared_settings(command, table, settings);
    add_http_settings(table, settings);
    add_token_settings(table, settings);
}

void describe_worker(CLI::App& command, WorkerSettings& settings, std::set<std::string>& variables) {
    SettingTable table(command, variables);
    add_shared_settings(command, table, settings.common);
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

CLI::App* describe_store_copy(CLI::App& store, StoreCopySettings& settings) {
    CLI::App* copy = store.add_subcommand(
        "copy",
        "Copy all data from one store to another; stop every mim that uses them first. Can be run again");
    const auto add = [copy](const std::string& flag, const char* variable, Secret& place, const char* help) {
        const auto keep = [&place](const std::string& text) { place = Secret(text); };
        copy->add_option_function<std::string>(flag, keep, help)
            ->envname(variable)
            ->required()
            ->type_name("URI|FILE");
    };
    add("--from", "MIM_COPY_FROM", settings.from,
        "mongodb://HOST/db_manager, or the mim.db of an embedded store");
    add("--to", "MIM_COPY_TO", settings.to, "The same; made when missing");
    return copy;
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
    std::set<std::string> variables;
    CLI::App* serve_command = app.add_subcommand("serve", "Serve the API and run syncs");
    describe_serve(*serve_command, serve, variables);
    CLI::App* worker_command = app.add_subcommand("worker", "Run syncs without serving the API");
    describe_worker(*worker_command, worker, variables);
    CLI::App* sandbox_command =
        app.add_subcommand("sandbox", "An in-memory MongoDB stand-in for demos and tests");
    describe_sandbox(*sandbox_command, sandbox);
    CLI::App* store_command = app.add_subcommand("store", "Move the data of the service");
    store_command->require_subcommand(1);
    CLI::App* copy_command = describe_store_copy(*store_command, copy);
    CLI::App* keygen_command = app.add_subcommand("keygen", "Make an RSA key pair that signs tokens");
    keygen_command
        ->add_option("--out", keygen.out, "Folder for private.pem and public.pem; made when missing")
        ->required();

    try {
        app.parse(count, arguments);
        if (worker_command->parsed() && !worker.common.config.empty())
            apply_config_file(*worker_command, worker.common.config.string());
        if (serve_command->parsed() && !serve.config.empty())
            apply_config_file(*serve_command, serve.config.string());
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
    if (const std::string name = unknown_variable(environment, variables); !name.empty()) {
        std::cerr << "mim: " << name << " is not a setting; 'mim serve --help' lists them\n";
        return Exit{2};
    }
    if (worker_command->parsed()) return worker;
    return serve;
}

}  // namespace mim::main
