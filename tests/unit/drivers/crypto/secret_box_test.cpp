#include "drivers/crypto/secret_box.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::crypto {
namespace {

const Secret plain("mongodb://user:s3cret@host/");

SealKey a_key() {
    return SealKey::generate();
}

TEST(SecretBox, opens_what_it_sealed_and_shows_nothing_of_it) {
    const SecretBox box({a_key()});
    const auto sealed = box.seal(plain, "here");
    EXPECT_TRUE(SecretBox::is_sealed(sealed));
    EXPECT_EQ(SecretBox::key_id_of(sealed), box.current_id());
    EXPECT_EQ(sealed.find("s3cret"), std::string::npos);
    EXPECT_EQ(box.open(sealed, "here")->reveal(), plain.reveal());
    EXPECT_NE(box.seal(plain, "here"), sealed);
    EXPECT_TRUE(box.open(box.seal(Secret(), "here"), "here")->empty());
}

TEST(SecretBox, opens_by_any_key_and_seals_by_the_first) {
    const SealKey old_key = a_key();
    const SealKey new_key = a_key();
    const auto sealed = SecretBox({old_key}).seal(plain, "here");
    const SecretBox both({new_key, old_key});
    EXPECT_EQ(both.open(sealed, "here")->reveal(), plain.reveal());
    EXPECT_EQ(SecretBox::key_id_of(both.seal(plain, "here")), new_key.id());
}

TEST(SecretBox, names_the_key_that_lacks) {
    const SealKey lost = a_key();
    const auto opened = SecretBox({a_key()}).open(SecretBox({lost}).seal(plain, "here"), "here");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::secret_unreadable);
    EXPECT_NE(opened.error().message.find(lost.id()), std::string::npos);
}

TEST(SecretBox, refuses_what_was_moved_changed_or_cut) {
    const SecretBox box({a_key()});
    const auto sealed = box.seal(plain, "here");
    EXPECT_EQ(box.open(sealed, "there").error().code, ErrorCode::secret_unreadable);
    const auto payload = sealed.rfind(':') + 1;
    for (std::size_t at = payload; at + 1 < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(box.open(changed, "here")) << at;
        EXPECT_FALSE(box.open(sealed.substr(0, at), "here")) << at;
    }
    EXPECT_FALSE(box.open("sealed:", "here"));
    EXPECT_FALSE(box.open("mongodb://h/", "here"));
    EXPECT_FALSE(SecretBox::is_sealed("mongodb://sealed:x@h/"));
}

// Source: draft-irtf-cfrg-xchacha-03, A.3.1; its nonce, ciphertext and tag in our form.
TEST(SecretBox, opens_the_vector_of_the_draft) {
    const auto key =
        SealKey::parse(Secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
    ASSERT_TRUE(key);
    const std::string associated("\x50\x51\x52\x53\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7", 12);
    const std::string sealed =
        "sealed:" + key->id() +
        ":"
        "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXvW0XnT6D1DuVdleUk8DpOVcqFwAlK_rMvtKQLCE5bLtzHH8bC0qmRAvzqC"
        "9O2n45rmTGcIxUwhbLlrcuEhO0Ui-Mm6QNtdlFsRtpuYLBu54_P6wrw2lIj3ayODVl0__5IflmTJdjfal2iBL2FcaL"
        "E7UuwIdZJMHHmHlH3q_YeArPSQ";
    const auto opened = SecretBox({*key}).open(sealed, associated);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_TRUE(opened->reveal().starts_with("Ladies and Gentlemen of the class of '99: "))
        << opened->reveal();
}

TEST(SealKey, is_read_in_every_usual_form) {
    const SealKey key = a_key();
    EXPECT_EQ(SealKey::parse(key.text())->id(), key.id());
    EXPECT_EQ(SealKey::parse(Secret(key.text().reveal() + "="))->id(), key.id());
    std::string hex;
    for (const char letter : key.bytes().reveal()) {
        const auto byte = static_cast<unsigned char>(letter);
        constexpr const char* digits = "0123456789abcdef";
        hex += digits[byte / 16];
        hex += digits[byte % 16];
    }
    EXPECT_EQ(SealKey::parse(Secret(hex))->id(), key.id());
    for (const char* bad : {"", "x", "0011", "not a key at all, but forty-three digits!!"})
        EXPECT_EQ(SealKey::parse(Secret(bad)).error().code, ErrorCode::invalid_input) << bad;
}

TEST(SealKey, several_stand_in_one_text) {
    const SealKey first = a_key();
    const SealKey second = a_key();
    const Secret text("# made today\n" + first.text().reveal() + "  # current\n\n" + second.text().reveal() +
                      ",\n");
    const auto keys = parse_seal_keys(text);
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 2U);
    EXPECT_EQ((*keys)[0].id(), first.id());
    EXPECT_EQ((*keys)[1].id(), second.id());
    EXPECT_FALSE(parse_seal_keys(Secret("# nothing\n")));
    EXPECT_FALSE(parse_seal_keys(Secret(first.text().reveal() + "," + first.text().reveal())));
    const auto bad = parse_seal_keys(Secret(first.text().reveal() + ",s3cret"));
    EXPECT_NE(bad.error().message.find("key 2"), std::string::npos);
    EXPECT_EQ(bad.error().message.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace mim::drivers::crypto
