#include "identity/claims_json.hpp"

#include <boost/json.hpp>

namespace mim::identity {
namespace {

namespace json = boost::json;

std::optional<json::object> parse_object(std::string_view text) {
    json::error_code failed;
    json::parse_options options;
    options.max_depth = 4;
    json::value value = json::parse({text.data(), text.size()}, failed, {}, options);
    if (failed || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

// Reads members and remembers whether all were there.
class Reader {
  public:
    explicit Reader(const json::object& object) : object_(object) {}

    std::string text(std::string_view name) {
        const json::value* member = object_.if_contains({name.data(), name.size()});
        if (member == nullptr || !member->is_string()) {
            complete_ = false;
            return {};
        }
        return {member->get_string().data(), member->get_string().size()};
    }
    std::int64_t seconds(std::string_view name) {
        const json::value* member = object_.if_contains({name.data(), name.size()});
        if (member == nullptr || !member->is_int64()) {
            complete_ = false;
            return 0;
        }
        return member->get_int64();
    }
    [[nodiscard]] bool has(std::string_view name) const {
        return object_.contains({name.data(), name.size()});
    }
    [[nodiscard]] bool complete() const { return complete_; }

  private:
    const json::object& object_;
    bool complete_ = true;
};

}  // namespace

std::string to_json(const TokenHeader& header) {
    json::object object;
    object["alg"] = header.algorithm;
    if (header.type) object["typ"] = *header.type;
    object["kid"] = header.key_id;
    return json::serialize(object);
}

std::string to_json(const TokenPayload& payload) {
    const json::object object{
        {"iss", payload.issuer},     {"aud", payload.audience},  {"sub", payload.subject},
        {"sid", payload.family},     {"jti", payload.token_id},  {"use", payload.use},
        {"role", payload.role},      {"iat", payload.issued_at}, {"nbf", payload.not_before},
        {"exp", payload.expires_at},
    };
    return json::serialize(object);
}

std::string to_json(const std::vector<PublishedKey>& keys) {
    json::array members;
    for (const PublishedKey& key : keys) {
        members.push_back(json::object{{"kty", "RSA"},
                                       {"use", "sig"},
                                       {"alg", key.algorithm},
                                       {"kid", key.key_id},
                                       {"n", key.modulus},
                                       {"e", key.exponent}});
    }
    return json::serialize(json::object{{"keys", members}});
}

Parsed<TokenHeader> parse_header(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return {};
    Reader reader(*object);
    TokenHeader header;
    header.algorithm = reader.text("alg");
    header.key_id = reader.text("kid");
    if (reader.has("typ")) header.type = reader.text("typ");
    header.has_other_members = object->size() != (header.type ? 3U : 2U);
    if (!reader.complete()) return {std::nullopt, JsonFault::wrong_members};
    return {header};
}

Parsed<TokenPayload> parse_payload(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return {};
    Reader reader(*object);
    TokenPayload payload;
    payload.issuer = reader.text("iss");
    payload.audience = reader.text("aud");
    payload.subject = reader.text("sub");
    payload.family = reader.text("sid");
    payload.token_id = reader.text("jti");
    payload.use = reader.text("use");
    payload.role = reader.text("role");
    payload.issued_at = reader.seconds("iat");
    payload.not_before = reader.seconds("nbf");
    payload.expires_at = reader.seconds("exp");
    if (!reader.complete()) return {std::nullopt, JsonFault::wrong_members};
    return {payload};
}

}  // namespace mim::identity
