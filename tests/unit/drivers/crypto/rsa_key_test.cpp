#include "drivers/crypto/rsa_key.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::crypto {
namespace {

const PrivateKey& key() {
    static const PrivateKey made = PrivateKey::generate().value();
    return made;
}

TEST(RsaKey, SignsWhatItsPublicHalfVerifies) {
    const PublicKey half = key().public_half();
    const std::string signature = key().sign("message").value();
    EXPECT_EQ(signature.size(), 256U);
    EXPECT_EQ(half.verify("message", signature), PublicKey::Verdict::genuine);
    EXPECT_EQ(half.verify("messagf", signature), PublicKey::Verdict::forged);
    EXPECT_EQ(half.verify("message", signature.substr(1)), PublicKey::Verdict::forged);
    EXPECT_EQ(half.verify("message", ""), PublicKey::Verdict::forged);
    EXPECT_EQ(half.verify("message", signature + "x"), PublicKey::Verdict::forged);
}

TEST(RsaKey, SurvivesPem) {
    const auto again = PrivateKey::from_pem(key().to_pem());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(compare_keys(*again, key().public_half()), KeyPairing::belong_together);
    const auto half = PublicKey::from_pem(key().public_half().to_pem());
    ASSERT_TRUE(half);
    EXPECT_EQ(half->thumbprint(), key().public_half().thumbprint());
    EXPECT_EQ(half->thumbprint().size(), 43U);
}

TEST(RsaKey, AnotherKeyDiffers) {
    const PrivateKey other = PrivateKey::generate().value();
    EXPECT_EQ(compare_keys(other, key().public_half()), KeyPairing::differ);
    EXPECT_EQ(key().public_half().verify("m", other.sign("m").value()), PublicKey::Verdict::forged);
}

TEST(RsaKey, DamagedPemIsOneLineWithoutTheKey) {
    const std::string pem = key().to_pem().reveal();
    for (const std::string& damaged :
         {std::string(), std::string("nonsense"), pem.substr(0, pem.size() / 2), pem.substr(40)}) {
        const auto result = PrivateKey::from_pem(Secret(damaged));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
        EXPECT_EQ(result.error().message, "not a PEM key, or a damaged one");
    }
    EXPECT_FALSE(PublicKey::from_pem(pem));
}

TEST(RsaKey, OtherKindsAndShortKeysAreRefused) {
    // Made for this test: an Ed25519 public key and a 1024-bit RSA public key.
    const auto curve = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END "
        "PUBLIC KEY-----\n");
    ASSERT_FALSE(curve);
    EXPECT_EQ(curve.error().message, "not an RSA key");
    const auto small = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----\n"
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQClIPtS+twqg24Y2hLMwoWCd1gs\n"
        "9iyUhRO5PuNvMrrVy0CNHkNSshpobI/Q7kZwApxMwiwgfi5shgsNZaoU0nvyWfea\n"
        "fQczcg3X8cRvx+1bFOivSehc8VnBKN4V3piC3sCsQr3+0zBHZ4u4Rd7LEQYlT9i1\n"
        "dG4bH5+B049H5ZeF2QIDAQAB\n"
        "-----END PUBLIC KEY-----\n");
    ASSERT_FALSE(small);
    EXPECT_EQ(small.error().message, "an RSA key of 1024 bits; at least 2048 are needed");
}

TEST(RsaKey, AnEncryptedKeyIsRefusedWithoutAskingAnyone) {
    const auto key_text =
        PrivateKey::from_pem(Secret("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgj/s7zISWWXAICCAAw\n"
                                    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEEeZ1sAVFJG8OlG5M1iC+nIEQGnU\n"
                                    "5ANHp+hR35FIo7VnBB0jFxL0V93FsKaV8UxjCEKeIYAtP+2EL6ysVoTDWM9il6ha\n"
                                    "lucVPDEE8PQrV8/LuL8=\n"
                                    "-----END ENCRYPTED PRIVATE KEY-----\n"));
    ASSERT_FALSE(key_text);
    EXPECT_EQ(key_text.error().message, "the key is encrypted; a plain PEM key is needed");
}

// The key and the thumbprint of RFC 7638 section 3.1.
TEST(RsaKey, ThumbprintIsThatOfTheStandard) {
    const auto given = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----\n"
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0vx7agoebGcQSuuPiLJX\n"
        "ZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tS\n"
        "oc/BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ/2W+5JsGY4Hc5n9yBXArwl93lqt\n"
        "7/RN5w6Cf0h4QyQ5v+65YGjQR0/FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0\n"
        "zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt+bFTWhAI4vMQFh6WeZu0f\n"
        "M4lFd2NcRwr3XPksINHaQ+G/xBniIqbw0Ls1jF44+csFCur+kEgU8awapJzKnqDK\n"
        "gwIDAQAB\n"
        "-----END PUBLIC KEY-----\n");
    ASSERT_TRUE(given) << given.error().message;
    EXPECT_EQ(given->thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    EXPECT_EQ(given->numbers().exponent, "AQAB");
    EXPECT_TRUE(given->numbers().modulus.starts_with("0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4"));
}

}  // namespace
}  // namespace mim::drivers::crypto
