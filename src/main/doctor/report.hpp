// What the doctor has found so far, counted for the end: as text it is printed as it is found, as JSON at the
// end. Thread-safe.
#pragma once

#include <chrono>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/model/finding.hpp"
#include "main/settings.hpp"

namespace mim::main {

class Report {
  public:
    explicit Report(ReportForm form) : form_(form) {}

    // What is found from now on belongs to this check.
    void begin(const std::string& check);
    // The check goes through these subjects: each is open until something is found of it.
    void begin_each(const std::vector<std::string>& subjects);
    void add(const app::Finding& finding);
    // All at once, so that those of one subject stay together.
    void add(const std::vector<app::Finding>& findings);

    void ok(const std::string& subject, std::string text);
    void warning(const std::string& subject, std::string text, std::string remedy);
    void failure(const std::string& subject, std::string text, std::string remedy);

    // The sums, as text a line, as JSON the whole document; the exit code. What is found afterwards is not
    // told.
    [[nodiscard]] int close();
    // The same when time has run out: before that a failure of each subject of this check that is open, or of
    // the check itself, and of those of `in_order` that come after it.
    [[nodiscard]] int close_unfinished(const std::vector<std::string>& in_order, std::chrono::seconds limit);

  private:
    struct Found {
        std::string check;
        app::Finding finding;
    };
    void keep(const app::Finding& finding);
    [[nodiscard]] int print_sums() const;
    [[nodiscard]] std::string document() const;

    const ReportForm form_;
    std::mutex mutex_;
    std::string check_;
    std::set<std::string> open_;  // subjects of this check
    std::vector<Found> found_;
    bool closed_ = false;
    int counts_[3] = {0, 0, 0};
};

}  // namespace mim::main
