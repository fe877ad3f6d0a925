// A sandbox on a real socket and targets that talk to it.
#pragma once

#include <atomic>
#include <string>

#include <gtest/gtest.h>

#include "base/log.hpp"
#include "bson/json.hpp"
#include "drivers/mongoc/pool.hpp"
#include "sandbox/server.hpp"
#include "target/targets.hpp"
#include "unit/drivers/held_port.hpp"

namespace mim::target {

using std::chrono::milliseconds;
namespace mongoc = drivers::mongoc;

class CountingLogger final : public Logger {
  public:
    void write(LogLevel, std::string_view event, std::initializer_list<LogField>) override {
        if (event == "target.write_concern_unconfirmed") ++unconfirmed;
    }
    std::atomic<int> unconfirmed{0};
};

class SteadyObserver : public app::BuildObserver {
  public:
    app::BuildVerdict on_progress(const app::BuildProgress& progress) override {
        ++calls;
        if (progress.done) last = progress;
        return app::BuildVerdict::go_on;
    }
    int calls = 0;
    app::BuildProgress last;
};

inline index::Spec spec_of(const std::string& json) {
    return index::Spec::from_document(bson::parse_json(json).value().view());
}

class Wire : public testing::Test {
  protected:
    static constexpr milliseconds patience{20'000};
    static constexpr milliseconds silence{300};  // how long impatient targets wait for a reply

    explicit Wire(const sandbox::Settings& settings = {}) : server(start(settings)) {}

    [[nodiscard]] std::unique_ptr<sandbox::Server> start(sandbox::Settings settings) const {
        settings.port = port.number();
        return sandbox::Server::start(settings, silent_logger()).value();
    }
    static TargetSettings ordinary() {
        TargetSettings settings;
        settings.quick.server_selection_timeout = milliseconds(1'000);
        settings.progress_interval = milliseconds(20);
        settings.shutdown_grace = milliseconds(500);
        settings.abort_grace = milliseconds(10'000);
        return settings;
    }
    static TargetSettings impatient() {
        TargetSettings settings = ordinary();
        settings.quick.socket_timeout = silence;
        settings.quick.connect_timeout = silence;
        return settings;
    }

    [[nodiscard]] std::string uri(const std::string& user_info = "") const {
        return "mongodb://" + user_info + "127.0.0.1:" + std::to_string(server->port()) + "/";
    }
    [[nodiscard]] app::Database database(const std::string& connection_string) const {
        app::Database out;
        out.uri = Secret(connection_string);
        out.db_name = "t";
        return out;
    }
    std::shared_ptr<app::Target> target() { return targets->open(database(uri())).value(); }
    std::shared_ptr<app::Target> impatient_target() {
        return impatient_targets->open(database(uri())).value();
    }
    std::shared_ptr<app::TargetCollections> collections() {
        return targets->open_collections(database(uri())).value();
    }

    static Deadline soon() { return Deadline::after(patience); }

    // Runs a command on the sandbox, past the code under test.
    bson::Document command(const std::string& json, const std::string& on = "t") {
        static const mongoc::PoolSettings settings;
        const auto pool = mongoc::Pool::open(mongoc::Uri::parse(Secret(uri())).value(), settings).value();
        auto client = pool.lease(soon()).value();
        return client
            .run({on, bson::parse_json(json).value(), mongoc::Nature::write, mongoc::ServerLimit::none},
                 soon())
            .value();
    }
    void fail(const std::string& mode, const std::string& data) {
        (void)command(
            R"({"configureFailPoint": "failCommand", "mode": )" + mode + R"(, "data": )" + data + "}",
            "admin");
    }
    void fail_always(const std::string& data) { fail(R"("alwaysOn")", data); }
    void fail_once(const std::string& data) { fail(R"({"times": 1})", data); }
    void builds_take(milliseconds time) {
        (void)command(R"({"sandboxBuild": {"millis": )" + std::to_string(time.count()) + "}}", "admin");
    }

    const HeldPort port;  // nobody else answers on it when the server is gone
    std::unique_ptr<sandbox::Server> server;
    CountingLogger logger;
    std::unique_ptr<app::Targets> targets = create_targets(ordinary(), logger);
    std::unique_ptr<app::Targets> impatient_targets = create_targets(impatient(), logger);
};

}  // namespace mim::target
