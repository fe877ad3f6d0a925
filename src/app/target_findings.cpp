#include "app/target_findings.hpp"

#include <algorithm>

#include "app/target_privileges.hpp"

namespace mim::app {
namespace {

std::string remedy_for(ErrorCode code) {
    switch (code) {
        case ErrorCode::secret_unreadable:
            return "add the missing key to the keys of this installation, or write the connection string "
                   "anew";
        case ErrorCode::target_authentication:
            return "write the right user and password into the connection string, or make the user in the "
                   "target";
        case ErrorCode::target_unreachable:
            return "see that host and port are right, that the server runs, and that a firewall lets this "
                   "machine through";
        case ErrorCode::target_timeout:
            return "see what keeps the server busy, or give it longer by --target-deadline-seconds";
        case ErrorCode::target_not_authorised:
            return "grant the user read and dbAdmin on the database";
        default:
            return "write the connection string anew";
    }
}

std::string words_of(const Error& error) {
    if (error.fields.empty()) return error.message;
    return error.fields.front().path + ": " + error.fields.front().reason;
}

std::string names_of_users(const std::vector<std::string>& users) {
    std::string text;
    for (const auto& user : users) text += (text.empty() ? "" : ", ") + user;
    return text;
}

// Worth a word where the rules are not those of the version.
std::string feature_version_of(const ServerInfo& server) {
    const auto& feature_version = server.release.feature_version;
    if (!feature_version) return {};
    const bool remembered = server.feature_version_source == FeatureVersionSource::last_look;
    if (*feature_version == server.release.binary && !remembered) return {};
    return " with feature compatibility version " + feature_version->text() +
           (remembered ? " (as it was told last: this account may not ask)" : "");
}

// What the server itself refused tells more than what it says of privileges.
void add_reads(std::vector<Finding>& findings, const std::string& subject,
               const TargetExamination& examined) {
    std::string refused;
    for (const auto& read : examined.reads) {
        if (read.refusal)
            refused += (refused.empty() ? "" : "; ") + read.what + ": " + words_of(*read.refusal);
    }
    const bool privileges_told = examined.account.privileges.has_value();
    if (refused.empty()) {
        findings.push_back({Verdict::ok, subject, "everything that mim reads there can be read"});
    } else {
        findings.push_back({Verdict::warning, subject, "could not be read: " + refused,
                            privileges_told ? "the lines about privileges tell what to grant"
                                            : "grant what the server names"});
    }
    if (!privileges_told && !examined.account.users.empty()) {
        findings.push_back({Verdict::warning, subject,
                            "the server does not tell privileges, so whether indexes may "
                            "be created, altered and dropped is not known",
                            "see docs/privileges.md for the privileges that a user needs"});
    }
}

}  // namespace

Finding clock_finding(const std::string& subject, std::chrono::milliseconds ahead,
                      std::chrono::milliseconds doubt) {
    const auto distance = std::chrono::abs(ahead);
    Finding finding{Verdict::ok, subject,
                    "its clock is " + std::to_string(distance.count()) + " ms " +
                        (ahead.count() < 0 ? "behind" : "ahead") + " (known to " +
                        std::to_string(doubt.count()) + " ms)"};
    if (distance <= worrying_skew + doubt) return finding;
    finding.verdict = distance > intolerable_skew + doubt ? Verdict::failure : Verdict::warning;
    finding.remedy = "set both clocks by NTP";
    return finding;
}

std::string subject_of(const Database& database) {
    return "target '" + database.name + "'";
}

std::vector<Finding> findings_of(const Database& database, const Result<TargetExamination>& examined) {
    const std::string subject = subject_of(database);
    if (!examined)
        return {{Verdict::failure, subject, words_of(examined.error()), remedy_for(examined.error().code)}};
    const auto& account = examined->account;
    std::vector<Finding> findings;
    findings.push_back(
        {Verdict::ok, subject,
         "answers in " + std::to_string(examined->server.latency.count()) + " ms: MongoDB " +
             examined->server.version_text + feature_version_of(examined->server) + ", " +
             examined->server.topology + ", " +
             (account.users.empty() ? "nobody signed in" : "as " + names_of_users(account.users))});
    if (examined->clock_ahead) {
        auto clock = clock_finding(subject, *examined->clock_ahead, examined->clock_doubt);
        // Nothing that the service does goes by a target's clock.
        clock.verdict = std::min(clock.verdict, Verdict::warning);
        findings.push_back(std::move(clock));
    }
    add_reads(findings, subject, *examined);
    if (account.privileges && !account.users.empty()) {
        auto privileges =
            privilege_findings(subject, account, database.db_name, examined->server.feature_version_source);
        findings.insert(findings.end(), privileges.begin(), privileges.end());
    }
    return findings;
}

}  // namespace mim::app
