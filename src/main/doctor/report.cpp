#include "main/doctor/report.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include <boost/json.hpp>

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

void print(const app::Finding& finding) {
    std::cout << std::left << std::setw(8) << name_of(finding.verdict) << finding.subject << ": "
              << finding.text << '\n';
    if (!finding.remedy.empty()) std::cout << "        to do: " << finding.remedy << '\n';
    std::cout << std::flush;
}

}  // namespace

void Report::begin(const std::string& check) {
    const std::lock_guard guard(mutex_);
    check_ = check;
    open_.clear();
}

void Report::begin_each(const std::vector<std::string>& subjects) {
    const std::lock_guard guard(mutex_);
    open_.insert(subjects.begin(), subjects.end());
}

void Report::keep(const app::Finding& finding) {
    if (closed_) return;
    open_.erase(finding.subject);
    ++counts_[static_cast<int>(finding.verdict)];
    found_.push_back({check_, finding});
    if (form_ == ReportForm::text) print(finding);
}

void Report::add(const app::Finding& finding) {
    const std::lock_guard guard(mutex_);
    keep(finding);
}

void Report::add(const std::vector<app::Finding>& findings) {
    const std::lock_guard guard(mutex_);
    for (const auto& finding : findings) keep(finding);
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

std::string Report::document() const {
    boost::json::array findings;
    for (const auto& [check, finding] : found_) {
        findings.push_back(boost::json::object{{"check", check},
                                               {"subject", finding.subject},
                                               {"status", name_of(finding.verdict)},
                                               {"message", finding.text},
                                               {"remedy", finding.remedy}});
    }
    const boost::json::object sums{{"ok", counts_[0]}, {"warning", counts_[1]}, {"failure", counts_[2]}};
    return boost::json::serialize(boost::json::object{{"findings", std::move(findings)}, {"summary", sums}});
}

int Report::close() {
    const std::lock_guard guard(mutex_);
    closed_ = true;
    return print_sums();
}

int Report::close_unfinished(const std::vector<std::string>& in_order, std::chrono::seconds limit) {
    const std::lock_guard guard(mutex_);
    const std::string until = " within " + std::to_string(limit.count()) + " s";
    const std::string remedy =
        "see whether its server answers at all, or give more time by --time-limit-seconds";
    std::set<std::string> open = open_;
    if (open.empty()) open.insert(check_);
    for (const auto& subject : open)
        keep({app::Verdict::failure, subject, "was not finished" + until, remedy});
    const auto last = std::ranges::find(in_order, check_);
    if (last != in_order.end()) {
        for (auto later = std::next(last); later != in_order.end(); ++later) {
            check_ = *later;
            keep({app::Verdict::failure, check_, "was not begun" + until, remedy});
        }
    }
    closed_ = true;
    return print_sums();
}

int Report::print_sums() const {
    if (form_ == ReportForm::json) {
        std::cout << document() << std::endl;
    } else {
        std::cout << counts_[0] << " ok, " << counts_[1] << " warnings, " << counts_[2] << " failures"
                  << std::endl;
    }
    return counts_[static_cast<int>(app::Verdict::failure)] == 0 ? 0 : 1;
}

}  // namespace mim::main
