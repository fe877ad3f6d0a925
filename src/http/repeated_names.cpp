#include "http/repeated_names.hpp"

#include "http/reading.hpp"

namespace mim::http {

void RepeatedNames::close() {
    levels_.pop_back();
    pass_value();
}

bool RepeatedNames::add(std::string name) {
    Level& object = levels_.back();
    object.name = std::move(name);
    return object.names.insert(object.name).second;
}

void RepeatedNames::pass_value() {
    if (!levels_.empty() && levels_.back().kind == Kind::array) ++levels_.back().position;
}

std::string RepeatedNames::path() const {
    std::string path;
    for (const Level& level : levels_) {
        if (level.kind == Kind::array) {
            path += "[" + std::to_string(level.position) + "]";
        } else {
            path = path_within(path, level.name);
        }
    }
    return path;
}

}  // namespace mim::http
