#include "fakes/fake_credentials.hpp"

#include <algorithm>
#include <functional>
#include <sstream>
#include <vector>

namespace mim::fakes {
namespace {

using Verdict = app::PasswordHasher::Verdict;

std::string digest(const std::string& text) {
    return std::to_string(std::hash<std::string>{}(text));
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == at) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

bool is_base64url(const std::string& part) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    };
    return !part.empty() && std::all_of(part.begin(), part.end(), plain);
}

constexpr std::string_view header = "fake";

Error wrong() {
    return {ErrorCode::token_wrong, "Token is wrong"};
}

}  // namespace

Result<Secret> FakeHasher::hash(const Secret& password) {
    const std::string salt = std::to_string(++salt_);
    return Secret("fake$" + salt + "$" + digest(salt + password.reveal()));
}

Verdict FakeHasher::verify(const Secret& password, const Secret& hash) {
    ++verified;
    const auto parts = split(hash.reveal(), '$');
    const bool matches =
        parts.size() == 3 && parts[0] == "fake" && parts[2] == digest(parts[1] + password.reveal());
    return matches ? Verdict::matches : Verdict::differs;
}

Verdict FakeHasher::verify_nobody(const Secret&) {
    ++verified_nobody;
    return Verdict::differs;
}

app::KeySecrets::Made FakeKeySecrets::make() {
    const std::string number = std::to_string(++made_);
    return {"prefix" + number, Secret("secret_" + number)};
}

std::string FakeKeySecrets::hash(std::string_view secret) const {
    return "hash " + digest(std::string(secret));
}

app::KeySecrets::Verdict FakeKeySecrets::verify(std::string_view secret, std::string_view hash) const {
    ++verified;
    return this->hash(secret) == hash ? app::KeySecrets::Verdict::matches : app::KeySecrets::Verdict::differs;
}

std::string FakeTokens::seal(std::string_view text) const {
    return digest(key_ + std::string(text));
}

Result<std::string> FakeTokens::sign(const app::Claims& claims) {
    std::ostringstream text;
    text << header << '.' << claims.user.text() << '_' << claims.family.text() << '_'
         << static_cast<int>(claims.use) << '_' << claims.token_id << '_' << static_cast<int>(claims.role)
         << '_' << claims.issued_at.time_since_epoch().count() << '_'
         << claims.expires_at.time_since_epoch().count();
    return text.str() + "." + seal(text.str());
}

Result<app::Claims> FakeTokens::verify(std::string_view token, Timestamp now) {
    ++verified;
    const auto parts = split(token, '.');
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), is_base64url)) return wrong();
    if (parts[0] != header || parts[2] != seal(parts[0] + "." + parts[1])) return wrong();
    const auto fields = split(parts[1], '_');
    if (fields.size() != 7) return wrong();
    app::Claims claims{.user = *UserId::parse(fields[0]), .family = *TokenFamilyId::parse(fields[1])};
    claims.use = fields[2] == "0" ? app::TokenUse::access : app::TokenUse::refresh;
    claims.token_id = fields[3];
    claims.role = static_cast<app::Role>(std::stoi(fields[4]));
    claims.issued_at = Timestamp{std::chrono::milliseconds{std::stoll(fields[5])}};
    claims.expires_at = Timestamp{std::chrono::milliseconds{std::stoll(fields[6])}};
    if (now >= claims.expires_at) return wrong();
    return claims;
}

}  // namespace mim::fakes
