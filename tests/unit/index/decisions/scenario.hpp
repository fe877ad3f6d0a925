// One golden scenario: a file with a registry, a database and the options, and what must come out of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "world.hpp"

namespace mim::index::testing {

struct Scenario {
    std::string title;
    World world{ServerVersion{}};
    CompareOptions compare;
    PlanOptions plan;
    // Steps that MongoDB refuses, and those that a second plan still has; as `create orders.a_1`. Both must
    // be written by hand: by default every step works and nothing is left to do.
    std::vector<std::string> refused;
    std::vector<std::string> left;
    bson::Document file;  // the whole of it, with `expect`
};

// Live specs without `v` may be written as a user would: they are brought into their listed form. Every
// collection that has an _id_ index gets it. `"filler": 60` adds so many indexes that are defined and live
// alike. Throws with the path when the file is not a scenario: a bug of whoever wrote it.
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& path);
[[nodiscard]] std::vector<std::filesystem::path> scenario_files();
inline constexpr std::string_view filler_prefix = "filler_";

// Comparison, plan and the three scripts, in the shape of `expect`.
[[nodiscard]] bson::Document outcome_of(const std::vector<CollectionComparison>& comparisons,
                                        const Plan& plan, const std::string& title);
[[nodiscard]] std::string step_name(const Operation& operation);  // "create orders.a_1"
inline constexpr const char* scenario_database = "shop";

}  // namespace mim::index::testing
