#include "drivers/mongoc/uri.hpp"

#include <gtest/gtest.h>

#include "drivers/mongoc/uri_text.hpp"

namespace mim::drivers::mongoc {
namespace {

std::string reason_against(const std::string& uri, const UriLimits& limits = {}) {
    const auto parsed = Uri::parse(Secret(uri), limits);
    if (parsed) return "";
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(parsed.error().fields.size(), 1U);
    EXPECT_EQ(parsed.error().fields.at(0).path, "uri");
    return parsed.error().fields.at(0).reason;
}

TEST(Uri, GoodOnesPass) {
    for (const char* uri :
         {"mongodb://h", "mongodb://h/", "mongodb://h:27017/db", "mongodb://[::1]:27017/",
          "mongodb://u:p%40%3A%2F@h1,h2:1/admin?replicaSet=r",
          "mongodb+srv://u:p@cluster.example.com/db?retryWrites=true&w=majority", "mongodb://h/?appName=a@b",
          "mongodb://u:p@h/?authMechanism=SCRAM-SHA-256&authSource=admin&tls=true&tlsCAFile=/etc/ca.pem",
          "mongodb://%2Frun%2Fmongodb.sock/db", "mongodb://h/?socketTimeoutMS=1&maxPoolSize=1"}) {
        EXPECT_EQ(reason_against(uri), "") << uri;
    }
}

TEST(Uri, BadOnesNameTheRule) {
    EXPECT_EQ(reason_against(""), "is empty");
    EXPECT_EQ(reason_against("http://h"), "does not begin with mongodb:// or mongodb+srv://");
    EXPECT_EQ(reason_against("mongodb://"), "names no host");
    EXPECT_EQ(reason_against("mongodb://u:p@/db"), "names no host");
    EXPECT_EQ(reason_against("mongodb://u:p@ss@h/db"),
              "has an unescaped @ in its user name or password: write %40");
    EXPECT_EQ(reason_against("mongodb://u:pa/ss@h/db"),
              "has an unescaped / in its user name or password: write %2F");
    EXPECT_EQ(reason_against("mongodb://h /db"), "has a space or control character: percent-encode it");
    EXPECT_EQ(reason_against(std::string("mongodb://h\0/db", 15)),
              "has a space or control character: percent-encode it");
    EXPECT_EQ(reason_against("mongodb://h#x/db"), "has a character that no host name can hold");
    EXPECT_EQ(reason_against("mongodb+srv://c.example.com:1/"),
              "names a port after mongodb+srv://, which finds the ports itself");
    EXPECT_EQ(reason_against("mongodb+srv://u:p@c.example.com,d.example.com/"),
              "names more than one host after mongodb+srv://");
    // Only who refuses is ours; the reason is the library's.
    EXPECT_TRUE(reason_against("mongodb://h/?tls=maybe").starts_with("the MongoDB driver refuses it: "));
    for (const char* uri :
         {"mongodb://h:0/", "mongodb://h:70000/", "mongodb://h:x/", "mongodb://h,,g/", "mongodb://h/a$b",
          "mongodb://u%zz:p@h/", "mongodb://:p@h/", "mongodb+srv://localhost/"}) {
        EXPECT_NE(reason_against(uri), "") << uri;
    }
}

TEST(Uri, LimitsHold) {
    EXPECT_EQ(reason_against("mongodb://h/?appName=" + std::string(5'000, 'a')),
              "is longer than 4096 characters");
    std::string many = "mongodb://h0";
    for (int i = 1; i < 50; ++i) many += ",h" + std::to_string(i);
    EXPECT_EQ(reason_against(many), "");
    EXPECT_EQ(reason_against(many + ",h50"), "names more than 50 hosts");
    const UriLimits strict{.unix_sockets = UnixSockets::refuse};
    EXPECT_EQ(reason_against("mongodb://%2Frun%2Fmongodb.sock/db", strict),
              "names a unix socket, which this service does not open");
    EXPECT_EQ(reason_against("mongodb://h/db", strict), "");
}

TEST(Uri, ReasonsNeverShowSecrets) {
    for (const char* uri : {"mongodb://alice:s3cret:q@h/", "mongodb://alice:s3cret%zz@h/",
                            "mongodb://alice:s3cret@ss@h/", "mongodb://alice:s3cret@/",
                            "mongodb://alice:s3cret@h/?s3cret", "mongodb://alice:s3cret@h/?tls=s3cret",
                            "mongodb://alice:s3\"cret\"x:y@h/", "mongodb://alice:s3'cret'x:y@h/",
                            "mongodb://alice:s3cret@h:x/", "mongodb://alice:s3cret@h/?authMechanism=s3cret",
                            "mongodb://alice:x@h/?authMechanismProperties=s3cret", "mongodb:/alice:s3cret@h/",
                            "mongodb://alice:s3cret@h/s3cret$"}) {
        const std::string reason = reason_against(uri);
        EXPECT_EQ(reason.find("s3"), std::string::npos) << reason;
        EXPECT_EQ(reason.find("cret"), std::string::npos) << reason;
        EXPECT_EQ(reason.find("alice"), std::string::npos) << reason;
    }
}

TEST(Uri, QuotationsGoButOptionNamesStay) {
    EXPECT_EQ(without_quotations("Unsupported value for \"tls\": \"maybe\""),
              "Unsupported value for tls: ***");
    EXPECT_EQ(without_quotations("Password \"p\"q:\" is bad"), "Password *** is bad");
    EXPECT_EQ(without_quotations("it is 'open"), "it is ***");
    EXPECT_EQ(without_quotations("plain"), "plain");
}

}  // namespace
}  // namespace mim::drivers::mongoc
