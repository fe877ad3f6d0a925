// Each way in which a target can fail, told apart.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

class WireErrors : public Wire {
  protected:
    [[nodiscard]] ErrorCode code_of_read(app::Target& subject, Deadline deadline = soon()) {
        const auto read = subject.read({}, deadline);
        EXPECT_FALSE(read);
        return read ? ErrorCode::internal : read.error().code;
    }
};

// Takes connections, as a listening socket does by itself, and never says a word.
class SilentListener {
  public:
    SilentListener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 64);
    }
    ~SilentListener() { ::close(socket_); }
    SilentListener(const SilentListener&) = delete;
    SilentListener& operator=(const SilentListener&) = delete;
    [[nodiscard]] std::string port() const {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        return std::to_string(ntohs(address.sin_port));
    }

  private:
    int socket_;
};

TEST_F(WireErrors, NobodyListens) {
    const auto subject = target();
    server.reset();
    EXPECT_EQ(code_of_read(*subject), ErrorCode::target_unreachable);
    EXPECT_EQ(subject->drop_index("c", "a_1", soon()).error().code, ErrorCode::target_unreachable)
        << "nothing was sent";
}

TEST_F(WireErrors, NoSuchHost) {
    const auto subject = targets->open(database("mongodb://no-such-host.invalid/")).value();
    EXPECT_EQ(code_of_read(*subject), ErrorCode::target_unreachable);
}

TEST_F(WireErrors, AHostThatNeverSpeaksIsATimeout) {
    const SilentListener listener;
    const auto subject = impatient_targets->open(database("mongodb://127.0.0.1:" + listener.port())).value();
    EXPECT_EQ(code_of_read(*subject), ErrorCode::target_timeout);
}

TEST_F(WireErrors, AServerThatHangsIsATimeoutAndALostWriteUnknown) {
    fail_always(
        R"({"failCommands": ["listCollections", "dropIndexes"], "blockConnection": true, "blockTimeMS": 60000})");
    const auto subject = impatient_target();
    EXPECT_EQ(code_of_read(*subject), ErrorCode::target_timeout);
    EXPECT_EQ(subject->drop_index("c", "a_1", soon()).error().code, ErrorCode::target_outcome_unknown);
}

TEST_F(WireErrors, ABrokenQuestionIsAskedAgain) {
    (void)command(R"({"create": "c"})");
    fail_once(R"({"failCommands": ["aggregate"], "closeConnection": true})");
    const auto subject = target();
    EXPECT_TRUE(subject->read({}, soon()));
    fail_once(R"({"failCommands": ["$listCatalog"], "errorCode": 13})");
    ASSERT_TRUE(subject->read({}, soon())) << "from now on without $listCatalog";
    fail_once(R"({"failCommands": ["listCollections"], "closeConnection": true})");
    EXPECT_TRUE(subject->read({}, soon()));
    fail_always(R"({"failCommands": ["listIndexes"], "closeConnection": true})");
    EXPECT_EQ(code_of_read(*subject), ErrorCode::target_unreachable);
}

TEST_F(WireErrors, ABrokenWriteIsUnknownAndNotRepeated) {
    fail(R"({"times": 2})", R"({"failCommands": ["collMod"], "closeConnection": true})");
    const auto change = bson::parse_json(R"({"name": "a_1", "hidden": true})").value();
    EXPECT_EQ(target()->modify_index("c", change.view(), soon()).error().code,
              ErrorCode::target_outcome_unknown);
    EXPECT_EQ(target()->modify_index("c", change.view(), soon()).error().code,
              ErrorCode::target_outcome_unknown)
        << "the first call used up one of two only";
}

TEST_F(WireErrors, MissingRightsNameThePrivilege) {
    fail_always(R"({"failCommands": ["dropIndexes"], "errorCode": 13})");
    const Error error = target()->drop_index("c", "a_1", soon()).error();
    EXPECT_EQ(error.code, ErrorCode::target_not_authorised);
    EXPECT_EQ(error.message, "dropIndexes needs the privilege dropIndex on t.c");
    ASSERT_TRUE(error.server);
    EXPECT_EQ(error.server->code, 13);
}

TEST_F(WireErrors, ARefusalCarriesTheServersWords) {
    const auto change = bson::parse_json(R"({"name": "a_1", "hidden": true})").value();
    const Error error = target()->modify_index("missing", change.view(), soon()).error();
    EXPECT_EQ(error.code, ErrorCode::target_refused);
    ASSERT_TRUE(error.server);
    EXPECT_EQ(error.server->code, 26);
    EXPECT_EQ(error.server->name, "NamespaceNotFound");
}

TEST_F(WireErrors, TheServersOwnTimeLimitIsATimeout) {
    fail_always(R"({"failCommands": ["listCollections"], "errorCode": 50})");
    EXPECT_EQ(code_of_read(*target()), ErrorCode::target_timeout);
}

TEST_F(WireErrors, APassedDeadlineSendsNothing) {
    (void)command(R"({"createIndexes": "c", "indexes": [{"key": {"a": 1}, "name": "a_1"}]})");
    EXPECT_EQ(target()->drop_index("c", "a_1", Deadline::after(milliseconds(0))).error().code,
              ErrorCode::target_timeout);
    EXPECT_EQ(target()->read({}, soon()).value().at(0).indexes.size(), 2U);
}

class WireWithUsers : public WireErrors {
  protected:
    WireWithUsers() : secured(sandbox::Server::start(with_users(), silent_logger()).value()) {}
    static sandbox::Settings with_users() {
        sandbox::Settings settings;
        settings.credentials = sandbox::Credentials{"alice", Secret("s3cret")};
        return settings;
    }
    [[nodiscard]] app::Database as(const std::string& user_info) const {
        return database("mongodb://" + user_info + "127.0.0.1:" + std::to_string(secured->port()) +
                        "/?authSource=admin");
    }
    std::unique_ptr<sandbox::Server> secured;
};

TEST_F(WireWithUsers, TheRightPasswordOpensTheWrongOneDoesNot) {
    EXPECT_TRUE(targets->open(as("alice:s3cret@")).value()->read({}, soon()));
    for (const char* user_info : {"alice:wr0ng@", "mallory:wr0ng@"}) {
        const auto subject = targets->open(as(user_info)).value();
        const auto read = subject->read({}, soon());
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, ErrorCode::target_authentication) << read.error().message;
        EXPECT_EQ(read.error().message.find("wr0ng"), std::string::npos);
        EXPECT_EQ(subject->drop_index("c", "a_1", soon()).error().code, ErrorCode::target_authentication);
        EXPECT_EQ(subject->probe(soon()).error().code, ErrorCode::target_authentication);
    }
}

TEST_F(WireWithUsers, WithoutAUserNothingIsAllowed) {
    const auto nobody = targets->open(as("")).value();
    EXPECT_EQ(code_of_read(*nobody), ErrorCode::target_authentication);
    EXPECT_EQ(nobody->probe(soon()).error().code, ErrorCode::target_authentication) << "it greets anybody";
}

}  // namespace
}  // namespace mim::target
