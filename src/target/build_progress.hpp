// What $currentOp shows of a running index build.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ports/target.hpp"
#include "target/connection.hpp"

namespace mim::target {

// The build's own operation among `operations`, preferring one with figures; none when it is not there. Pure.
// `full_name` is "database.collection".
[[nodiscard]] std::optional<app::BuildProgress> progress_of(const std::vector<bson::Document>& operations,
                                                            const std::string& full_name);
// "Index Build: scanning collection Index Build: scanning collection: 5/10 50%" → the first half. Pure.
[[nodiscard]] std::string phase_of(std::string_view message);

// Whose operations the server shows us.
enum class Sight { everyone, ourselves, nothing };

// Looks again and again, and asks for less when the server refuses: every user's operations (privilege
// inprog), then our own, then nothing. For one thread.
class ProgressWatch {
  public:
    ProgressWatch(Place place, const std::string& collection)
        : place_(std::move(place)), full_name_(place_.database + "." + collection) {}
    // Blocking, about one round trip. No figures when there is nothing to see or the question failed.
    [[nodiscard]] app::BuildProgress look(Deadline deadline);

  private:
    Place place_;
    std::string full_name_;
    Sight sight_ = Sight::everyone;
};

}  // namespace mim::target
