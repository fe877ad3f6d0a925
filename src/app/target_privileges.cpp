#include "app/target_privileges.hpp"

#include <algorithm>
#include <array>

namespace mim::app {
namespace {

enum class Where { database, cluster };

struct NeededAction {
    std::string_view action;
    Where where;
    Verdict without;
    std::string_view purpose;
    std::string_view role;  // the smallest built-in role that has it
};

// Some servers refuse this question to everybody, so only their own words tell that a right is missing.
constexpr std::string_view right_to_ask_feature_version = "getParameter";

constexpr std::array needed_actions{
    NeededAction{"listCollections", Where::database, Verdict::failure, "to see the collections", "read"},
    NeededAction{"listIndexes", Where::database, Verdict::failure, "to read the indexes", "read"},
    NeededAction{"createIndex", Where::database, Verdict::failure, "to create indexes", "dbAdmin"},
    NeededAction{"dropIndex", Where::database, Verdict::failure, "to drop indexes", "dbAdmin"},
    NeededAction{"collMod", Where::database, Verdict::failure, "to alter indexes in place", "dbAdmin"},
    NeededAction{"createCollection", Where::database, Verdict::warning, "to create collections", "dbAdmin"},
    NeededAction{"find", Where::database, Verdict::warning,
                 "to find duplicates before a unique index is built", "read"},
    NeededAction{"collStats", Where::database, Verdict::warning,
                 "to tell which indexes a standalone still builds ($collStats)", "read"},
    NeededAction{"indexStats", Where::database, Verdict::warning, "to tell unused indexes ($indexStats)",
                 "clusterMonitor"},
    NeededAction{"inprog", Where::cluster, Verdict::warning, "to show the progress of builds (currentOp)",
                 "clusterMonitor"},
    NeededAction{right_to_ask_feature_version, Where::cluster, Verdict::warning,
                 "to ask for the feature compatibility version, by which a mongod judges indexes",
                 "clusterMonitor"},
    NeededAction{
        "listDatabases", Where::cluster, Verdict::warning,
        "to read all indexes with one $listCatalog; without it they are read one collection at a time",
        "readAnyDatabase"},
};

bool is_of_use(const NeededAction& needed, FeatureVersionSource source) {
    if (needed.action != right_to_ask_feature_version) return true;
    return source == FeatureVersionSource::refused || source == FeatureVersionSource::last_look;
}

enum class Granted { nowhere, some_collections, wholly };

bool has_action(const Privilege& privilege, std::string_view action) {
    return std::ranges::any_of(
        privilege.actions, [&](const std::string& each) { return each == action || each == "anyAction"; });
}

Granted granted_by(const Privilege& privilege, const NeededAction& needed, const std::string& database) {
    if (!has_action(privilege, needed.action)) return Granted::nowhere;
    if (privilege.on == Privilege::On::anything) return Granted::wholly;
    if (needed.where == Where::cluster)
        return privilege.on == Privilege::On::cluster ? Granted::wholly : Granted::nowhere;
    if (privilege.on != Privilege::On::names) return Granted::nowhere;
    if (!privilege.database.empty() && privilege.database != database) return Granted::nowhere;
    if (privilege.collection.empty()) return Granted::wholly;
    return privilege.collection.starts_with("system.") ? Granted::nowhere : Granted::some_collections;
}

Granted granted(const TargetAccount& account, const NeededAction& needed, const std::string& database) {
    Granted most = Granted::nowhere;
    for (const auto& privilege : *account.privileges)
        most = std::max(most, granted_by(privilege, needed, database));
    return most;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out + "\"";
}

bool is_of_cluster(std::string_view role) {
    return role == "clusterMonitor" || role == "readAnyDatabase";
}

// As mongosh takes it.
std::string grant_of(std::string_view role, const TargetAccount& account, const std::string& database) {
    const std::string user = account.users.empty() ? "USER" : account.users.front();
    const auto at = user.rfind('@');
    const std::string home = at == std::string::npos ? "admin" : user.substr(at + 1);
    return "db.getSiblingDB(" + in_quotes(home) + ").grantRolesToUser(" + in_quotes(user.substr(0, at)) +
           ", [{role: " + in_quotes(role) + ", db: " + in_quotes(is_of_cluster(role) ? "admin" : database) +
           "}])";
}

std::string privileges_of(const std::vector<const NeededAction*>& lacking, const std::string& database) {
    std::string on_database;
    std::string on_cluster;
    for (const auto* needed : lacking) {
        std::string& actions = needed->where == Where::cluster ? on_cluster : on_database;
        actions += (actions.empty() ? "" : ", ") + in_quotes(needed->action);
    }
    std::string text;
    if (!on_database.empty())
        text =
            "{resource: {db: " + in_quotes(database) + ", collection: \"\"}, actions: [" + on_database + "]}";
    if (!on_cluster.empty())
        text += std::string(text.empty() ? "" : " and ") + "{resource: {cluster: true}, actions: [" +
                on_cluster + "]}";
    return text;
}

Finding finding_of(const std::string& subject, std::string_view role,
                   const std::vector<const NeededAction*>& lacking, const TargetAccount& account,
                   const std::string& database) {
    Finding finding{Verdict::warning, subject, "lacks "};
    for (const auto* needed : lacking) {
        if (needed != lacking.front()) finding.text += "; ";
        finding.text += std::string(needed->action) + " " + std::string(needed->purpose);
        if (granted(account, *needed, database) == Granted::some_collections)
            finding.text += " (it has it on some collections only)";
        finding.verdict = std::max(finding.verdict, needed->without);
    }
    finding.remedy = "in mongosh: " + grant_of(role, account, database) +
                     "; or give one of its own roles the privilege " + privileges_of(lacking, database);
    return finding;
}

bool is_root(const TargetAccount& account) {
    return std::ranges::any_of(
        account.roles, [](const auto& role) { return role == "root@admin" || role == "__system@admin"; });
}

}  // namespace

std::vector<Finding> privilege_findings(const std::string& subject, const TargetAccount& account,
                                        const std::string& database, FeatureVersionSource source) {
    std::vector<Finding> findings;
    if (!is_root(account)) {
        for (const std::string_view role : {"read", "dbAdmin", "clusterMonitor", "readAnyDatabase"}) {
            std::vector<const NeededAction*> lacking;
            for (const auto& needed : needed_actions) {
                const bool lacks = granted(account, needed, database) != Granted::wholly;
                if (needed.role == role && lacks && is_of_use(needed, source)) lacking.push_back(&needed);
            }
            if (!lacking.empty()) findings.push_back(finding_of(subject, role, lacking, account, database));
        }
    }
    if (findings.empty()) findings.push_back({Verdict::ok, subject, "may do all that mim does there"});
    return findings;
}

}  // namespace mim::app
