#include "main/command_line.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace mim::main {
namespace {

using Texts = std::vector<std::string>;

class CommandLine : public testing::Test {
  protected:
    Command parse(Texts arguments, Texts environment = {}) {
        arguments.insert(arguments.begin(), "mim");
        std::vector<char*> argument_list;
        for (auto& each : arguments) argument_list.push_back(each.data());
        std::vector<char*> environment_list;
        for (auto& each : environment) environment_list.push_back(each.data());
        environment_list.push_back(nullptr);
        testing::internal::CaptureStderr();
        auto command = parse_command_line(static_cast<int>(argument_list.size()), argument_list.data(),
                                          environment_list.data());
        said = testing::internal::GetCapturedStderr();
        return command;
    }
    void expect_refused(const Texts& arguments, const Texts& environment, const std::string& told) {
        const auto command = parse(arguments, environment);
        ASSERT_TRUE(std::holds_alternative<Exit>(command)) << told;
        EXPECT_EQ(std::get<Exit>(command).code, 2);
        EXPECT_NE(said.find(told), std::string::npos) << said;
        EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
        EXPECT_EQ(said.find("s3cret"), std::string::npos) << said;
    }
    std::string said;
};

TEST_F(CommandLine, FillsWhatUsersTake) {
    const auto command =
        parse({"serve", "--listen", "[::1]:81", "--tls-key=k", "--burst-user", "7", "--lockout-first-seconds",
               "2", "--base-path", "/x", "--access-token-seconds", "60"},
              {"MIM_LEASE_SECONDS=9", "MIM_TARGET_CONNECT_TIMEOUT_MS=700", "MIM_APM_SAMPLE_RATE=0.5",
               "MIM_BUILD_DEADLINE_SECONDS=8", "MIM_TRUSTED_PROXIES=10.0.0.0/8,::1"});
    ASSERT_TRUE(std::holds_alternative<ServeSettings>(command)) << said;
    const auto& settings = std::get<ServeSettings>(command);
    EXPECT_EQ(settings.http.host, "::1");
    EXPECT_EQ(settings.http.port, 81);
    EXPECT_EQ(settings.http.tls.key, "k");
    EXPECT_TRUE(settings.http.tls.is_on());
    EXPECT_EQ(settings.http.rates.user.burst, 7U);
    EXPECT_EQ(settings.http.base_paths, (Texts{"/x", http::older_base_path}));
    EXPECT_EQ(settings.http.trusted_proxies, (Texts{"10.0.0.0/8", "::1"}));
    EXPECT_EQ(settings.logins.account.first_wait, std::chrono::seconds(2));
    EXPECT_EQ(settings.logins.address.first_wait, std::chrono::seconds(2));
    EXPECT_EQ(settings.lifetimes.access, std::chrono::seconds(60));
    EXPECT_EQ(settings.work.lease_time, std::chrono::seconds(9));
    EXPECT_EQ(settings.run.build_deadline, std::chrono::seconds(8));
    EXPECT_EQ(settings.targets.connections.quick.server_selection_timeout, std::chrono::milliseconds(700));
    EXPECT_EQ(settings.apm.tracing.sample_rate, 0.5);
}

TEST_F(CommandLine, KeepsTheDefaults) {
    const auto command = parse({"serve"});
    ASSERT_TRUE(std::holds_alternative<ServeSettings>(command)) << said;
    const auto& settings = std::get<ServeSettings>(command);
    EXPECT_EQ(settings.listen().text(), "127.0.0.1:8080");
    EXPECT_EQ(settings.work.workers, 4);
    EXPECT_EQ(settings.targets.connections.quick.server_selection_timeout, std::chrono::milliseconds(5'000));
    EXPECT_EQ(settings.http.base_paths, (Texts{"/api/v1", http::older_base_path}));
    EXPECT_FALSE(settings.http.tls.is_on());
}

TEST_F(CommandLine, RefusesWhatCannotBeConvertedWhereverItComesFrom) {
    expect_refused({"serve"}, {"MIM_ACCESS_TOKEN_SECONDS=soon"}, "MIM_ACCESS_TOKEN_SECONDS");
    expect_refused({"serve"}, {"MIM_LEASE_SECONDS=1x"}, "--lease-seconds");
    expect_refused({"worker"}, {"MIM_WORKERS=-1"}, "MIM_WORKERS");
    expect_refused({"serve"}, {"MIM_FORWARDED_HEADER=x"}, "one of forwarded, x-forwarded-for");
    expect_refused({"serve", "--workers", "-1"}, {}, "--workers");
    expect_refused({"serve", "--workers="}, {}, "--workers");
    expect_refused({"serve", "--listen", ""}, {}, "--listen");
    expect_refused({"serve", "--base-path", "api"}, {}, "--base-path");
    expect_refused({"serve", "--workers", "1", "--workers", "2"}, {}, "more than once");
    expect_refused({"sandbox", "--auth", "s3cret"}, {}, "--auth");
    expect_refused({"sandbox", "--server-version", "new"}, {}, "--server-version");
    expect_refused({"sandbox", "--feature-version", "old"}, {}, "--feature-version");
    expect_refused({"sandbox", "--replica-set="}, {}, "--replica-set");
    expect_refused({"doctor", "--output", "yaml"}, {}, "one of json, text");
}

TEST_F(CommandLine, AnEmptyValueTakesNothingOfWhatFollows) {
    const auto command = parse({"serve", "--queue=", "--workers", "2"});
    ASSERT_TRUE(std::holds_alternative<ServeSettings>(command)) << said;
    EXPECT_TRUE(std::get<ServeSettings>(command).queue.empty());
    EXPECT_EQ(std::get<ServeSettings>(command).work.workers, 2);
}

TEST_F(CommandLine, AFlagWithoutItsValueIsToldInOurWords) {
    for (const auto* const command : {"serve", "doctor"})
        expect_refused({command, "--data", "x", "--listen"}, {},
                       "mim: --listen needs a value: --listen HOST:PORT (see 'mim " + std::string(command) +
                           " --help')\n");
    expect_refused({"store", "copy", "--to"}, {}, "mim: --to needs a value: --to ");
}

TEST_F(CommandLine, SuggestsWhatMayHaveBeenMeant) {
    expect_refused({"serv"}, {}, "'serv' is not a command; did you mean serve?");
    expect_refused({"store", "cpy"}, {}, "'store cpy' is not a command; did you mean store copy?");
    expect_refused({"serve", "--listne", "x:1"}, {},
                   "--listne is not a setting of 'mim serve'; did you mean --listen?");
    expect_refused({"serve", "--listne=s3cret"}, {}, "did you mean --listen?");
    expect_refused({"doctor", "worke"}, {}, "did you mean worker?");
    expect_refused({"serve"}, {"MIM_LISTNE=s3cret"}, "MIM_LISTNE is not a setting; did you mean MIM_LISTEN?");
    expect_refused({"serve", "foo"}, {}, "'foo' is one argument too many: 'mim serve' takes flags only");
    expect_refused({"serve", "mongodb://u:s3cret@h/"}, {}, "'mongodb://u:***@h/'");
    expect_refused({"nonsense"}, {}, "'nonsense' is not a command (there are: ");
    expect_refused({"store"}, {}, "store copy");
    expect_refused({}, {}, "a command is needed");
}

TEST_F(CommandLine, AWordTooManyIsToldWithWhatWasMeant) {
    const auto meant = [this](const Texts& arguments, const std::string& what) {
        expect_refused(arguments, {}, "; did you mean " + what + "? (see 'mim ");
    };
    meant({"serve", "8080"}, "--listen 127.0.0.1:8080");
    meant({"serve", ":8080"}, "--listen 127.0.0.1:8080");
    meant({"serve", "0.0.0.0:81"}, "--listen 0.0.0.0:81");
    meant({"serve", "[::1]:81"}, "--listen [::1]:81");
    meant({"sandbox", "27020"}, "--listen 127.0.0.1:27020");
    meant({"serve", "listen"}, "--listen");
    meant({"serve", "listen=0.0.0.0:81"}, "--listen");
    meant({"serve", "wokers=3"}, "--workers");
    meant({"worker", "help"}, "--help");
    meant({"serve", "worker"}, "mim worker");
    meant({"serve", "doktor"}, "mim doctor");
    meant({"serve", "mongodb://u:s3cret@h/"}, "--store, or the variable MIM_STORE");
    meant({"worker", "redis://:s3cret@h"}, "--queue, or the variable MIM_QUEUE");
    meant({"store", "backup", "/b/mim.db"}, "--to /b/mim.db");
    meant({"store", "restore", "/b/mim.db"}, "--from /b/mim.db");
    meant({"doctor", "serve", "workers"}, "--workers");
    expect_refused({"doctor", "doctr"}, {}, "; did you mean mim doctor?\n");
    for (const Texts& arguments : {Texts{"serve", "now"}, Texts{"worker", "70000"}, Texts{"keygen", "x"},
                                   Texts{"store", "copy", "mongodb://u:s3cret@h/"}}) {
        expect_refused(arguments, {}, "takes flags only (see 'mim ");
    }
}

TEST_F(CommandLine, ASettingOfOneCommandIsKnownToAll) {
    const Texts others{"MIM_COPY_FROM=a", "MIM_COPY_TO=b", "MIM_URI=mongodb://u:s3cret@h/",
                       "MIM_API_KEY=s3cret"};
    EXPECT_TRUE(std::holds_alternative<ServeSettings>(parse({"serve"}, others))) << said;
    EXPECT_TRUE(std::holds_alternative<WorkerSettings>(parse({"worker"}, {"MIM_LISTEN=127.0.0.1:1"})))
        << said;
    const auto copy = parse({"store", "copy"}, {"MIM_COPY_FROM=a", "MIM_COPY_TO=b", "MIM_DATA=c"});
    ASSERT_TRUE(std::holds_alternative<StoreCopySettings>(copy)) << said;
    EXPECT_EQ(std::get<StoreCopySettings>(copy).from.reveal(), "a");
}

TEST_F(CommandLine, AWorkerHasNoSettingsOfAServer) {
    expect_refused({"config", "check", "worker", "--listen", "127.0.0.1:1"}, {}, "--listen");
    const auto command = parse({"config", "check", "worker", "--workers", "2"});
    ASSERT_TRUE(std::holds_alternative<ConfigCheckSettings>(command)) << said;
    EXPECT_EQ(std::get<ConfigCheckSettings>(command).of, Role::worker);
    EXPECT_EQ(std::get<ConfigCheckSettings>(command).common.work.workers, 2);
}

TEST_F(CommandLine, ACheckOfHealthIsHealthyOrNot) {
    const auto command = parse({"healthcheck", "--timeout-ms", "0"});
    ASSERT_TRUE(std::holds_alternative<Exit>(command));
    EXPECT_EQ(std::get<Exit>(command).code, 1);
}

}  // namespace
}  // namespace mim::main
