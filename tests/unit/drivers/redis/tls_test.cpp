// TLS to a real redis-server, with certificates made for the test.
#include <fstream>

#include <gtest/gtest.h>

#include "unit/drivers/redis/redis_server.hpp"

namespace mim::redis {
namespace {

// A certificate of its own authority, for this name.
class Certificate {
  public:
    explicit Certificate(const std::string& name) {
        const std::string command =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -keyout " + key().string() +
            " -out " + file().string() + " -addext subjectAltName=" + name +
            " -addext keyUsage=critical,digitalSignature,keyCertSign 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.file("certificate.pem"); }
    [[nodiscard]] std::filesystem::path key() const { return folder_.file("key.pem"); }

  private:
    sqlite::TemporaryFolder folder_;
};

class TlsServer {
  public:
    explicit TlsServer(const Certificate& certificate)
        : server_({"--tls-port", std::to_string(port_.number()), "--tls-cert-file", certificate.file(),
                   "--tls-key-file", certificate.key(), "--tls-auth-clients", "no"}) {}
    [[nodiscard]] Address address(const std::filesystem::path& trusted) const {
        return {.host = "127.0.0.1", .port = port_.number(), .transport = Transport::tls, .ca_file = trusted};
    }

  private:
    const HeldPort port_;
    RedisServer server_;
};

TEST(RedisTls, SpeaksWithAServerItTrusts) {
    const Certificate certificate("IP:127.0.0.1");
    const TlsServer server(certificate);
    Client client({.address = server.address(certificate.file())});
    const std::string large(3'000'000, 'x');
    EXPECT_EQ(client.run({"SET", "k", large})->text, "OK");
    EXPECT_EQ(client.run({"GET", "k"})->text, large);
}

TEST(RedisTls, RefusesAServerItDoesNotTrust) {
    const Certificate certificate("IP:127.0.0.1"), other("IP:127.0.0.1");
    const TlsServer server(certificate);
    EXPECT_FALSE(Client({.address = server.address(other.file())}).run({"PING"}));
    EXPECT_FALSE(Client({.address = server.address("")}).run({"PING"}));
    EXPECT_FALSE(Client({.address = server.address("/nowhere.pem")}).run({"PING"}));
}

TEST(RedisTls, RefusesACertificateForAnotherName) {
    const Certificate certificate("DNS:elsewhere.example");
    const TlsServer server(certificate);
    const auto refused = Client({.address = server.address(certificate.file())}).run({"PING"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "TLS with Redis failed: its certificate is not trusted, is out of date or is for another name");
}

TEST(RedisTls, APlainServerIsNotTakenForOne) {
    const RedisServer server;
    auto address = server.address();
    address.transport = Transport::tls;
    EXPECT_FALSE(Client({.address = address, .connect_span = std::chrono::milliseconds{500}}).run({"PING"}));
}

}  // namespace
}  // namespace mim::redis
