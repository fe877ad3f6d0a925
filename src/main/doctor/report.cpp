#include "main/doctor/report.hpp"

#include <iomanip>
#include <iostream>

namespace mim::main {
namespace {

const char* name_of(app::Verdict verdict) {
    switch (verdict) {
        case app::Verdict::ok:
            return "ok";
        case app::Verdict::warning:
            return "warning";
        case app::Verdict::failure:
            return "failure";
    }
    return "failure";
}

}  // namespace

void Report::print(const app::Finding& finding) {
    ++counts_[static_cast<int>(finding.verdict)];
    std::cout << std::left << std::setw(8) << name_of(finding.verdict) << finding.subject << ": "
              << finding.text << '\n';
    if (!finding.remedy.empty()) std::cout << "        to do: " << finding.remedy << '\n';
    std::cout << std::flush;
}

void Report::add(const app::Finding& finding) {
    const std::lock_guard guard(mutex_);
    print(finding);
}

void Report::add(const std::vector<app::Finding>& findings) {
    const std::lock_guard guard(mutex_);
    for (const auto& finding : findings) print(finding);
}

void Report::ok(const std::string& subject, std::string text) {
    add({app::Verdict::ok, subject, std::move(text)});
}
void Report::warning(const std::string& subject, std::string text, std::string remedy) {
    add({app::Verdict::warning, subject, std::move(text), std::move(remedy)});
}
void Report::failure(const std::string& subject, std::string text, std::string remedy) {
    add({app::Verdict::failure, subject, std::move(text), std::move(remedy)});
}

int Report::close() {
    const std::lock_guard guard(mutex_);
    std::cout << counts_[0] << " ok, " << counts_[1] << " warnings, " << counts_[2] << " failures"
              << std::endl;
    return counts_[static_cast<int>(app::Verdict::failure)] == 0 ? 0 : 1;
}

}  // namespace mim::main
