// What the doctor has found so far: printed as it is found, counted for the end. Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "app/model/finding.hpp"
#include "base/error.hpp"

namespace mim::main {

class Report {
  public:
    void add(const app::Finding& finding);
    // All at once, so that those of one subject stay together.
    void add(const std::vector<app::Finding>& findings);

    void ok(const std::string& subject, std::string text);
    void warning(const std::string& subject, std::string text, std::string remedy);
    void failure(const std::string& subject, std::string text, std::string remedy);

    // The line with the sums; the exit code.
    [[nodiscard]] int close();

  private:
    void print(const app::Finding& finding);
    std::mutex mutex_;
    int counts_[3] = {0, 0, 0};
};

}  // namespace mim::main
