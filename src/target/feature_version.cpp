#include "target/feature_version.hpp"

#include "base/server_code.hpp"
#include "bson/builder.hpp"

namespace mim::target {
namespace {

constexpr const char* name_of_parameter = "featureCompatibilityVersion";
constexpr std::chrono::minutes pause_after_refusal{1};

mongoc::Command version_question() {
    return {"admin", bson::Builder().add("getParameter", 1).add(name_of_parameter, 1).take(),
            mongoc::Nature::read, mongoc::ServerLimit::none};
}

// It would be refused the next time, too. What passes says nothing about the server.
bool is_lasting_refusal(const Error& error) {
    return error.server && error.code != ErrorCode::target_timeout &&
           server_code::lasting_of(error.server->code) == Lasting::lasts;
}

}  // namespace

std::optional<index::ServerVersion> feature_version_in(bson::DocumentView reply) {
    const auto value = reply.find(name_of_parameter);
    if (!value) return std::nullopt;
    const auto told = value->document();
    const auto version = told ? told->find("version") : value;
    const auto text = version ? version->string() : std::nullopt;
    return text ? index::ServerVersion::parse(*text) : std::nullopt;
}

Result<std::optional<index::ServerVersion>> ask_feature_version(Connection& connection,
                                                                const ServerFacts& facts,
                                                                mongoc::Client& client, Deadline deadline) {
    const bool has_one = facts.role != ServerFacts::Role::router && connection.may_ask_feature_version();
    if (!has_one) return std::optional<index::ServerVersion>();
    const auto reply = client.run(version_question(), deadline);
    if (reply) return feature_version_in(*reply);
    if (!is_lasting_refusal(reply.error())) return reply.error();
    connection.ask_feature_version_again_after(pause_after_refusal);
    return std::optional<index::ServerVersion>();
}

}  // namespace mim::target
