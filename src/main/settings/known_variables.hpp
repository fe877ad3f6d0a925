// Every variable that any command reads: a setting of one is no mistake in the environment of another.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "main/settings/setting.hpp"
#include "main/settings/taking.hpp"

namespace mim::main {

// Those of the environment whose names begin with MIM_.
[[nodiscard]] Variables variables_of(char** environment);

class KnownVariables {
  public:
    // Begins with the names that are kept for what is to come.
    KnownVariables();
    // The one place where a command's settings become known to all.
    void add(const std::vector<Setting>& table);
    // invalid_input, naming the first variable that nobody reads, never its value. MIM_TEST_… belongs to the
    // test suites.
    [[nodiscard]] Done check(const Variables& variables) const;

  private:
    std::vector<std::string> names_;
};

}  // namespace mim::main
