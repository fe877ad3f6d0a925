#include "drivers/crypto/rsa_key.hpp"

#include <array>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "drivers/crypto/base64url.hpp"
#include "drivers/crypto/bytes_of.hpp"

namespace mim::drivers::crypto {
namespace {

template <auto Free>
struct Deleter {
    template <class Handle>
    void operator()(Handle* handle) const {
        Free(handle);
    }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

Key own(EVP_PKEY* raw) {
    return {raw, EVP_PKEY_free};
}

Bio reader(std::string_view text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

// OpenSSL would ask for a passphrase on the terminal; this tells that it would have, and refuses.
int refuse_passphrase(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

Error unusable(std::string reason) {
    ERR_clear_error();
    return {ErrorCode::invalid_input, std::move(reason)};
}

Result<Key> checked(EVP_PKEY* raw, bool encrypted) {
    Key key = own(raw);
    if (encrypted) return unusable("the key is encrypted; a plain PEM key is needed");
    if (!key) return unusable("not a PEM key, or a damaged one");
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return unusable("not an RSA key");
    if (EVP_PKEY_get_bits(key.get()) < least_key_bits) {
        return unusable("an RSA key of " + std::to_string(EVP_PKEY_get_bits(key.get())) + " bits; at least " +
                        std::to_string(least_key_bits) + " are needed");
    }
    return key;
}

// `name` is a number of the key; "" when it has none such.
std::string number_of(const EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return {};
    const std::unique_ptr<BIGNUM, Deleter<BN_free>> number(raw);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(raw)), '\0');
    BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
    return to_base64url(bytes);
}

std::string public_pem_of(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(bio.get(), key);
    return text_of(bio.get());
}

}  // namespace

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    bool encrypted = false;
    EVP_PKEY* raw = PEM_read_bio_PUBKEY(reader(pem).get(), nullptr, refuse_passphrase, &encrypted);
    MIM_TRY(key, checked(raw, encrypted));
    return PublicKey(std::move(key));
}

std::string PublicKey::to_pem() const {
    return public_pem_of(key_.get());
}

PublicKey::Verdict PublicKey::verify(std::string_view message, std::string_view signature) const {
    const DigestContext context(EVP_MD_CTX_new());
    const bool genuine =
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
        EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                         message.size()) == 1;
    if (genuine) return Verdict::genuine;
    ERR_clear_error();
    return Verdict::forged;
}

PublicKey::Numbers PublicKey::numbers() const {
    return {number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N), number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E)};
}

std::string PublicKey::thumbprint() const {
    const Numbers own = numbers();
    // RFC 7638 section 3: the members that are required, sorted, without white space.
    const std::string text = R"({"e":")" + own.exponent + R"(","kty":"RSA","n":")" + own.modulus + R"("})";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return to_base64url({reinterpret_cast<const char*>(digest.data()), size});
}

Result<PrivateKey> PrivateKey::generate() {
    Key key = own(EVP_RSA_gen(static_cast<unsigned int>(new_key_bits)));
    if (!key) {
        ERR_clear_error();
        return Error(ErrorCode::internal, "OpenSSL could not make an RSA key");
    }
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::from_pem(const Secret& pem) {
    bool encrypted = false;
    EVP_PKEY* raw =
        PEM_read_bio_PrivateKey(reader(pem.reveal()).get(), nullptr, refuse_passphrase, &encrypted);
    MIM_TRY(key, checked(raw, encrypted));
    return PrivateKey(std::move(key));
}

Secret PrivateKey::to_pem() const {
    const Bio bio(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return Secret(text_of(bio.get()));
}

Result<std::string> PrivateKey::sign(std::string_view message) const {
    const DigestContext context(EVP_MD_CTX_new());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
    std::size_t size = signature.size();
    const bool signed_well =
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       bytes_of(message), message.size()) == 1;
    if (!signed_well) {
        ERR_clear_error();
        return Error(ErrorCode::internal, "OpenSSL could not sign");
    }
    signature.resize(size);
    return signature;
}

PublicKey PrivateKey::public_half() const {
    // Through PEM, so that the result holds no private part.
    const std::string pem = public_pem_of(key_.get());
    return PublicKey(own(PEM_read_bio_PUBKEY(reader(pem).get(), nullptr, nullptr, nullptr)));
}

KeyPairing compare_keys(const PrivateKey& private_key, const PublicKey& public_key) {
    return private_key.public_half().thumbprint() == public_key.thumbprint() ? KeyPairing::belong_together
                                                                             : KeyPairing::differ;
}

}  // namespace mim::drivers::crypto
