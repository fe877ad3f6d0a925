// The whole client of a target against a server that says whatever it likes, in every state of the protocol:
// what is told of it is clean and short, whatever it said.
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include <bson/bson.h>

#include "bson/json.hpp"
#include "fuzz.hpp"
#include "scripted_server.hpp"
#include "target/targets.hpp"

namespace {

using mim::Deadline;
using mim::Error;
using mim::fuzz::must;
using std::chrono::milliseconds;

class Silence final : public mim::Logger {
  public:
    void write(mim::LogLevel /*level*/, std::string_view /*event*/,
               std::initializer_list<mim::LogField> /*fields*/) override {}
};

class NoInterest final : public mim::app::BuildObserver {
  public:
    mim::app::BuildVerdict on_progress(const mim::app::BuildProgress& /*progress*/) override {
        return mim::app::BuildVerdict::go_on;
    }
};

mim::target::TargetSettings quick_settings() {
    mim::target::TargetSettings settings;
    settings.reading_threads = settings.readers_of_one_read = 1;
    settings.breaker.failures = 0;
    settings.most_bytes_of_a_call = 4 * 1024 * 1024;
    settings.policy = std::make_shared<const mim::drivers::mongoc::TargetPolicy>(
        mim::drivers::mongoc::TargetPolicy::parse("127.0.0.1", "").value());
    for (auto* pool : {&settings.quick, &settings.patient}) {
        pool->connect_timeout = milliseconds(50);
        pool->server_selection_timeout = milliseconds(60);
        pool->socket_timeout = milliseconds(100);
    }
    return settings;
}

std::string uri_by(std::uint8_t choice, const std::string& address) {
    switch (choice % 6) {
        case 1:
            return "mongodb://u:p@" + address + "/?authMechanism=SCRAM-SHA-256";
        case 2:
            return "mongodb://u:p@" + address + "/?authMechanism=SCRAM-SHA-1";
        case 3:
            return "mongodb://u:p@" + address + "/";
        case 4:
            return "mongodb://u:p@" + address + "/?authMechanism=PLAIN";
        case 5:
            return "mongodb://" + address + "/?replicaSet=rs";
        default:
            return "mongodb://" + address + "/";
    }
}

template <class Answer>
void judge(const Answer& answer) {
    if (answer) return;
    const Error error = answer.error();
    must(error.message.size() <= 2'048, "an error is short", error.message);
    must(bson_utf8_validate(error.message.data(), error.message.size(), false), "an error is text",
         error.message);
    for (const char each : error.message)
        must(static_cast<unsigned char>(each) >= 0x20, "an error has no control characters", error.message);
}

}  // namespace

// The first byte chooses how to sign in, the second what is asked; the rest is what the server says.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static mim::fuzz::ScriptedServer server;
    static Silence logger;
    static const auto targets = mim::target::create_targets(quick_settings(), logger);
    if (size < 2) return 0;
    server.play(std::span(data, size).subspan(2));
    mim::app::Database database;
    database.uri = mim::Secret(uri_by(data[0], server.address()));
    database.db_name = "shop";
    const auto soon = [] { return Deadline::after(milliseconds(200)); };
    const auto target = targets->open(database);
    must(target.has_value(), "the connection string is in order");
    NoInterest observer;
    if ((data[1] & 1) != 0) judge((*target)->probe(soon()));
    if ((data[1] & 2) != 0) judge((*target)->drop_index("c", "a_1", soon()));
    if ((data[1] & 4) != 0) {
        const auto wanted = mim::index::Spec::from_document(
            mim::bson::parse_json(R"({"key": {"b": 1}, "name": "b_1"})").value().view());
        judge((*target)->create_indexes("c", {wanted}, soon(), observer));
    }
    judge((*target)->read({}, soon()));
    targets->forget(database.id);
    return 0;
}
