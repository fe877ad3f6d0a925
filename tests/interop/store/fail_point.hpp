// A real server may be told to fail some commands, where it was started to be tested.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// What the server makes of some commands, as long as this lives.
class FailPoint {
  public:
    template <class Mode>
    FailPoint(Link& link, const Mode& mode, const char* command, const bson::Document& what)
        : FailPoint(link, mode, std::vector<std::string>{command}, what) {}
    template <class Mode>
    FailPoint(Link& link, const Mode& mode, const std::vector<std::string>& commands,
              const bson::Document& what)
        : link_(link) {
        bson::Builder data;
        data.add_all(what.view());
        put_all(data, "failCommands", array_of(commands));
        set_ =
            link.run_on_admin(fields("configureFailPoint", "failCommand", "mode", mode, "data", data.take()))
                .has_value();
    }
    ~FailPoint() {
        if (set_)
            (void)link_.run_on_admin(fields("configureFailPoint", "failCommand", "mode", std::string("off")));
    }
    FailPoint(const FailPoint&) = delete;
    FailPoint& operator=(const FailPoint&) = delete;
    // False of a server that takes no test commands.
    [[nodiscard]] bool is_set() const { return set_; }

  private:
    Link& link_;
    bool set_ = false;
};

#define MIM_SKIP_UNLESS_SET(point) \
    if (!(point).is_set()) GTEST_SKIP() << "this server takes no test commands"

}  // namespace mim::store::mongodb
