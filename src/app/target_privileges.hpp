// Which of the privileges that the service uses an account has on one database. Pure. Source of the roles:
// the server's builtin_roles.yml.
#pragma once

#include <string>
#include <vector>

#include "app/model/finding.hpp"
#include "app/ports/target_examiner.hpp"

namespace mim::app {

// A finding for what the account may do, and one for each role that would give it what lacks. `privileges` of
// the account must be there; `source` tells whether the server refused it the feature compatibility version.
[[nodiscard]] std::vector<Finding> privilege_findings(const std::string& subject,
                                                      const TargetAccount& account,
                                                      const std::string& database,
                                                      FeatureVersionSource source);

}  // namespace mim::app
