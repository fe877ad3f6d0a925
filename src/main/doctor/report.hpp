// What the doctor has found so far, counted for the end: as text it is printed as it is found, as JSON at the
// end. Thread-safe.
#pragma once

#include <mutex>
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
    void add(const app::Finding& finding);
    // All at once, so that those of one subject stay together.
    void add(const std::vector<app::Finding>& findings);

    void ok(const std::string& subject, std::string text);
    void warning(const std::string& subject, std::string text, std::string remedy);
    void failure(const std::string& subject, std::string text, std::string remedy);

    // The sums, as text a line, as JSON the whole document; the exit code.
    [[nodiscard]] int close();

  private:
    struct Found {
        std::string check;
        app::Finding finding;
    };
    void keep(const app::Finding& finding);
    [[nodiscard]] std::string document() const;

    const ReportForm form_;
    std::mutex mutex_;
    std::string check_;
    std::vector<Found> found_;
    int counts_[3] = {0, 0, 0};
};

}  // namespace mim::main
