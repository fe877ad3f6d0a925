// The `failCommand` fail point, as MongoDB has it: which commands fail, how often, and in what way.
// Source: the manual's and the drivers' description of configureFailPoint. Pure; not thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sandbox/refusal.hpp"

namespace mim::sandbox {

// What is to happen to one command; nothing when all are empty.
struct Sabotage {
    std::chrono::milliseconds block{0};
    enum class Connection { keep, close } connection = Connection::keep;
    std::optional<Refusal> refusal;
    std::optional<bson::Document> write_concern_error;  // put beside an otherwise ordinary reply
};

// What a fail point can tell commands apart by.
struct Target {
    std::string command;
    std::string app_name;
    std::string full_name;  // "db.coll", or "db.$cmd" for a command without a collection
    std::string database;
};

class FailPoint {
  public:
    // The arguments of configureFailPoint: mode and data. The number of times it had fired, as the reply's
    // `count`.
    [[nodiscard]] Answer<std::int64_t> configure(bson::DocumentView command);
    // Counts: a fail point with {times: n} is used up by n commands that it meets.
    [[nodiscard]] std::optional<Sabotage> meet(const Target& target);
    // Whether the command is refused for want of rights, on whatever collection, each time. Does not count.
    [[nodiscard]] bool forbids(std::string_view command) const;
    void off() { *this = FailPoint(); }

  private:
    [[nodiscard]] Accepted read_mode(const bson::ValueView& mode);
    [[nodiscard]] Accepted read_data(bson::DocumentView data);
    [[nodiscard]] bool concerns(const Target& target) const;
    [[nodiscard]] Refusal refusal_for(const Target& target) const;

    enum class Mode { off, always, times, skip } mode_ = Mode::off;
    std::int64_t left_ = 0;  // of times, or of those to skip
    std::int64_t fired_ = 0;
    std::set<std::string, std::less<>> commands_;
    std::string app_name_;
    std::string full_name_;
    std::optional<int> error_code_;
    std::string error_message_;
    std::optional<bson::Document> error_labels_;  // an array
    std::optional<bson::Document> write_concern_error_;
    Sabotage::Connection connection_ = Sabotage::Connection::keep;
    std::chrono::milliseconds block_{0};
};

}  // namespace mim::sandbox
