// What the readers of one body, or of one URL's parameters, have seen of it: every complaint, and of each
// object the names that were asked for. Whatever nobody asked for is unknown, so no route has to list its
// fields, and none can forget to.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/error.hpp"

namespace mim::http {

// Why a name is refused: "Field is unknown: did you mean collections?", else the names that are known there.
[[nodiscard]] std::string unknown_name(std::string_view what, const std::string& name,
                                       const std::vector<std::string>& known,
                                       const std::vector<std::string>& shown);

// One object and what was asked of it.
struct ReadObject {
    const boost::json::object* object;
    std::string path;                // "" for the body itself
    std::vector<std::string> asked;  // in the order of asking
    std::vector<std::string> also;   // understood too, but not offered: other names of the same fields

    [[nodiscard]] bool knows(std::string_view name) const;
};

class Reading {
  public:
    // The same place for the same object, however often it is opened.
    [[nodiscard]] ReadObject& open(const boost::json::object& object, std::string path);
    void complain(std::string path, std::string reason);
    [[nodiscard]] const std::vector<FieldError>& complaints() const { return complaints_; }
    // The complaints, then every member that was not asked for.
    [[nodiscard]] std::vector<FieldError> with_unknown_fields() const;

  private:
    [[nodiscard]] std::string reason_for(const ReadObject& place, const std::string& name) const;

    std::deque<ReadObject> objects_;  // stays where it is when it grows
    std::vector<FieldError> complaints_;
};

// "options.collation" and "locale" → "options.collation.locale"
[[nodiscard]] std::string path_within(const std::string& path, std::string_view name);

}  // namespace mim::http
