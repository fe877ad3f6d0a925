// What an examined target means for the service: which privileges lack and the grant that gives them, how far
// its clock is off, what cannot be read. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/model/finding.hpp"
#include "app/ports/target_examiner.hpp"

namespace mim::app {

// Beyond these clocks are told as off: tokens and leases go by the clock.
inline constexpr std::chrono::milliseconds worrying_skew{1'000};
inline constexpr std::chrono::milliseconds intolerable_skew{10'000};

[[nodiscard]] Finding clock_finding(const std::string& subject, std::chrono::milliseconds ahead,
                                    std::chrono::milliseconds doubt);
// What the findings of a target are about: "target 'shop'".
[[nodiscard]] std::string subject_of(const Database& database);
[[nodiscard]] std::vector<Finding> findings_of(const Database& database,
                                               const Result<TargetExamination>& examined);

}  // namespace mim::app
