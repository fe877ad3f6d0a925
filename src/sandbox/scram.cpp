#include "sandbox/scram.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace mim::sandbox {
namespace {

const unsigned char* octets(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string random_octets(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random numbers");
    return bytes;
}

std::string hmac(const std::string& key, const std::string& text) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(text), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()), &length);
    return digest;
}

std::string hash(const std::string& text) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(octets(text), text.size(), reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string exclusive_or(std::string left, const std::string& right) {
    for (std::size_t at = 0; at < left.size(); ++at) left[at] = static_cast<char>(left[at] ^ right[at]);
    return left;
}

std::string to_base64(const std::string& bytes) {
    std::vector<unsigned char> text(4 * (bytes.size() / 3 + 1) + 1);
    const int length = EVP_EncodeBlock(text.data(), octets(bytes), static_cast<int>(bytes.size()));
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

std::string from_base64(const std::string& text) {
    if (text.empty() || text.size() % 4 != 0) return {};
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), octets(text),
                                       static_cast<int>(text.size()));
    if (length < 0) return {};
    std::size_t padding = 0;
    while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

// The attribute `name` of "a=1,b=2"; empty when it is not there.
std::string attribute(const std::string& message, char name) {
    std::size_t start = 0;
    while (start < message.size()) {
        const std::size_t end = std::min(message.find(',', start), message.size());
        if (message[start] == name && start + 1 < end && message[start + 1] == '=')
            return message.substr(start + 2, end - start - 2);
        start = end + 1;
    }
    return {};
}

Refusal failed() {
    return refuse(server_code::authentication_failed, "Authentication failed.");
}

}  // namespace

ScramKeys ScramKeys::derive(const Credentials& credentials) {
    constexpr std::size_t salt_length = 28;
    ScramKeys keys;
    keys.user = credentials.user;
    keys.salt = random_octets(salt_length);
    std::string salted(SHA256_DIGEST_LENGTH, '\0');
    const auto& password = credentials.password.reveal();
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), octets(keys.salt),
                      static_cast<int>(keys.salt.size()), keys.iterations, EVP_sha256(), SHA256_DIGEST_LENGTH,
                      reinterpret_cast<unsigned char*>(salted.data()));
    keys.stored_key = hash(hmac(salted, "Client Key"));
    keys.server_key = hmac(salted, "Server Key");
    return keys;
}

Answer<ScramConversation> ScramConversation::begin(const ScramKeys& keys, const std::string& client_first) {
    constexpr std::string_view no_channel_binding = "n,,";
    constexpr std::size_t nonce_length = 24;
    if (!client_first.starts_with(no_channel_binding)) return failed();
    ScramConversation conversation;
    conversation.client_first_bare_ = client_first.substr(no_channel_binding.size());
    const auto client_nonce = attribute(conversation.client_first_bare_, 'r');
    if (client_nonce.empty() || attribute(conversation.client_first_bare_, 'n') != keys.user) return failed();
    conversation.nonce_ = client_nonce + to_base64(random_octets(nonce_length));
    conversation.server_first_ =
        "r=" + conversation.nonce_ + ",s=" + to_base64(keys.salt) + ",i=" + std::to_string(keys.iterations);
    return conversation;
}

Answer<std::string> ScramConversation::finish(const ScramKeys& keys, const std::string& client_final) const {
    const auto proof_at = client_final.rfind(",p=");
    if (proof_at == std::string::npos || attribute(client_final, 'r') != nonce_) return failed();
    const auto proof = from_base64(client_final.substr(proof_at + 3));
    if (proof.size() != SHA256_DIGEST_LENGTH) return failed();
    const auto transcript = client_first_bare_ + "," + server_first_ + "," + client_final.substr(0, proof_at);
    const auto client_key = exclusive_or(hmac(keys.stored_key, transcript), proof);
    const auto stored = hash(client_key);
    if (CRYPTO_memcmp(stored.data(), keys.stored_key.data(), stored.size()) != 0) return failed();
    return "v=" + to_base64(hmac(keys.server_key, transcript));
}

}  // namespace mim::sandbox
