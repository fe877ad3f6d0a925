#include "target/feature_version.hpp"

#include "app/model/seen_server.hpp"
#include "base/server_code.hpp"
#include "bson/builder.hpp"

namespace mim::target {
namespace {

using Source = app::FeatureVersionSource;

constexpr const char* name_of_parameter = "featureCompatibilityVersion";
constexpr std::chrono::minutes pause_after_refusal{1};

mongoc::Command version_question() {
    return {"admin", bson::Builder().add("getParameter", 1).add(name_of_parameter, 1).take(),
            mongoc::Nature::read, mongoc::ServerLimit::none};
}

// MongoDB answers what comes before it to anybody, so that only this tells that it wants a user. Others have
// this verdict for other reasons.
bool wants_a_user(const Error& error) {
    return error.code == ErrorCode::target_authentication && error.server &&
           error.server->code == server_code::unauthorized;
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

Result<FeatureVersionAnswer> ask_feature_version(Connection& connection, const ServerFacts& facts,
                                                 mongoc::Client& client, Deadline deadline) {
    if (facts.role == ServerFacts::Role::router) return FeatureVersionAnswer{{}, Source::none};
    if (const auto refused = connection.feature_version_refusal()) return FeatureVersionAnswer{{}, *refused};
    const auto reply = client.run(version_question(), deadline);
    if (reply) {
        const auto version = feature_version_in(*reply);
        return FeatureVersionAnswer{version, version ? Source::server : Source::none};
    }
    if (wants_a_user(reply.error()) || !is_lasting_refusal(reply.error())) return reply.error();
    const bool lacks_the_right = reply.error().code == ErrorCode::target_not_authorised;
    const Source refusal = lacks_the_right ? Source::refused : Source::none;
    connection.note_feature_version_refusal(refusal, pause_after_refusal);
    return FeatureVersionAnswer{{}, refusal};
}

FeatureVersionAnswer with_last_look(FeatureVersionAnswer answer,
                                    const std::optional<index::ServerRelease>& last,
                                    index::ServerVersion binary) {
    if (answer.source != Source::refused) return answer;
    const auto told = app::feature_version_told_last(last, binary);
    return told ? FeatureVersionAnswer{told, Source::last_look} : answer;
}

}  // namespace mim::target
