// Follows a JSON text while it is parsed, and knows whether an object has a name twice, and where. Such a
// text says two things: one reader would take the first, another the last.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace mim::http {

class RepeatedNames {
  public:
    void open_object() { levels_.push_back({Kind::object, {}, {}, 0}); }
    void open_array() { levels_.push_back({Kind::array, {}, {}, 0}); }
    void close();
    // The next of an object's names; false: the object has it already.
    [[nodiscard]] bool add(std::string name);
    // A value that is neither object nor array.
    void pass_value();
    // Of the last name: "options.collation", "keys[1].field".
    [[nodiscard]] std::string path() const;

  private:
    enum class Kind { object, array };
    struct Level {
        Kind kind;
        std::unordered_set<std::string> names;
        std::string name;      // the last of them
        std::size_t position;  // in an array
    };
    std::vector<Level> levels_;
};

}  // namespace mim::http
