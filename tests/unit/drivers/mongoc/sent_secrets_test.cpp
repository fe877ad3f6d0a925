#include "drivers/mongoc/sent_secrets.hpp"

#include <gtest/gtest.h>

#include "bson/text_forms.hpp"
#include "drivers/mongoc/handles.hpp"

namespace mim::drivers::mongoc {
namespace {

SentSecrets secrets_of(const char* uri) {
    return SentSecrets::of(UriHandle(mongoc_uri_new(uri)).get());
}

std::string base64_of(std::string_view text) {
    return bson::base64_text({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

const char* const signs_in = "mongodb://ada:corr%40ct-h%2Frse@h/?authMechanism=PLAIN&authSource=$external";

TEST(SentSecrets, ThePasswordIsHiddenAndTheRestKept) {
    EXPECT_EQ(secrets_of(signs_in).hidden_in("ada said corr@ct-h/rse, twice: corr@ct-h/rse"),
              "ada said ***, twice: ***");
    EXPECT_EQ(secrets_of(signs_in).hidden_in("the user or the password is refused"),
              "the user or the password is refused");
}

TEST(SentSecrets, AlsoWhereItIsCutOff) {
    EXPECT_EQ(secrets_of(signs_in).hidden_in("we heard corr@ct-h"), "we heard ***");
    EXPECT_EQ(secrets_of(signs_in).hidden_in("we correct that"), "we correct that");
}

TEST(SentSecrets, AlsoInBase64WhereverItBegins) {
    for (const std::string before : {"", "1", "12", "123", "1234"}) {
        const std::string shown =
            secrets_of(signs_in).hidden_in(base64_of(before + "corr@ct-h/rse" + "after"));
        EXPECT_NE(shown.find("***"), std::string::npos) << shown;
        // Beside the mask two digits may be left at each of its edges, which it shares with what stands
        // there.
        EXPECT_LE(shown.size(), base64_of(before + "after").size() + 3 + 2 * 2) << shown;
    }
}

TEST(SentSecrets, TheSessionTokenIsOneToo) {
    const auto secrets = secrets_of(
        "mongodb://AKID:secret-key-0@h/?authMechanism=MONGODB-AWS&authSource=$external"
        "&authMechanismProperties=AWS_SESSION_TOKEN:to%2Fken-9876");
    EXPECT_EQ(secrets.hidden_in("token to/ken-9876 of AKID, secret-key-0"), "token *** of AKID, ***");
}

TEST(SentSecrets, AShortPasswordIsAWordLikeOthers) {
    EXPECT_EQ(secrets_of("mongodb://ada:admin@h/").hidden_in("not authorized on admin"),
              "not authorized on admin");
}

TEST(SentSecrets, AllWordsOfAnErrorAreLookedAt) {
    Error error(ErrorCode::target_refused, "ping: corr@ct-h/rse",
                ServerReply{1, "corr@ct-h/rse", "no corr@ct-h/rse"});
    secrets_of(signs_in).hide_in(error);
    EXPECT_EQ(error.message, "ping: ***");
    EXPECT_EQ(error.server, (ServerReply{1, "***", "no ***"}));
}

TEST(SentSecrets, WhereNobodySignsInNothingIsHidden) {
    EXPECT_EQ(secrets_of("mongodb://h/").hidden_in("as it is"), "as it is");
}

}  // namespace
}  // namespace mim::drivers::mongoc
