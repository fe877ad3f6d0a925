#include "app/duplicate_checks.hpp"

#include "base/server_code.hpp"

namespace mim::app {

index::DuplicateReport look_for_duplicates(Target& target, const index::Operation& operation,
                                           Deadline deadline) {
    if (const auto reason = index::why_duplicates_cannot_be_told(operation.spec))
        return index::not_checked(*reason);
    if (deadline.passed()) return index::not_checked("the time for looking for duplicates was over");
    auto report = target.find_duplicates(operation.collection, operation.spec, deadline);
    if (report) return std::move(*report);
    return index::not_checked(report.error().message);
}

std::vector<std::optional<index::DuplicateReport>> check_duplicates(Target& target, const index::Plan& plan,
                                                                    Deadline deadline) {
    std::vector<std::optional<index::DuplicateReport>> reports(plan.operations.size());
    for (std::size_t at = 0; at < reports.size(); ++at) {
        const index::Operation& operation = plan.operations[at];
        if (index::becomes_unique(operation)) reports[at] = look_for_duplicates(target, operation, deadline);
    }
    return reports;
}

Error duplicates_found(const index::DuplicateReport& report) {
    const bool all = report.extent == index::DuplicateReport::Extent::all;
    const std::string groups = std::to_string(report.groups.size());
    const std::string text = "The collection holds duplicates of the key (" +
                             (all ? groups : "more than " + groups) +
                             (groups == "1" && all ? " group" : " groups") +
                             "), so the unique index was not begun: remove them first";
    return {ErrorCode::target_refused, text,
            ServerReply{server_code::duplicate_key, std::string(server_code::duplicate_key.name), text}};
}

}  // namespace mim::app
