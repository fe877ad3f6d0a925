// Texts of what is stored, one line a field: its name, a space, its value.
#pragma once

#include <set>
#include <sstream>
#include <string>

namespace mim::contract {

// The lines of `stored` whose names `expected` has: a field that was added later breaks no old store.
[[nodiscard]] inline std::string known_fields(const std::string& stored, const std::string& expected) {
    std::set<std::string> names;
    std::istringstream wanted(expected), all(stored);
    for (std::string line; std::getline(wanted, line);) names.insert(line.substr(0, line.find(' ')));
    std::string known;
    for (std::string line; std::getline(all, line);) {
        if (names.contains(line.substr(0, line.find(' ')))) known += line + "\n";
    }
    return known;
}

}  // namespace mim::contract
