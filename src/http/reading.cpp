#include "http/reading.hpp"

#include <algorithm>

#include "base/nearest_name.hpp"

namespace mim::http {
namespace {

std::vector<std::string> all_names(const ReadObject& place) {
    std::vector<std::string> names = place.asked;
    names.insert(names.end(), place.also.begin(), place.also.end());
    return names;
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

std::string unknown_name(std::string_view what, const std::string& name,
                         const std::vector<std::string>& known, const std::vector<std::string>& shown) {
    const std::string text = std::string(what) + " is unknown: ";
    if (const std::string nearest = nearest_name(name, known); !nearest.empty())
        return text + "did you mean " + nearest + "?";
    return shown.empty() ? text + "there are none here" : text + "known here are " + listed(shown);
}

bool ReadObject::knows(std::string_view name) const {
    return std::ranges::find(asked, name) != asked.end() || std::ranges::find(also, name) != also.end();
}

ReadObject& Reading::open(const boost::json::object& object, std::string path) {
    for (ReadObject& place : objects_) {
        if (place.object == &object) return place;
    }
    objects_.push_back({&object, std::move(path), {}, {}});
    return objects_.back();
}

void Reading::complain(std::string path, std::string reason) {
    complaints_.push_back({std::move(path), std::move(reason)});
}

// A name that another part of the body knows stands in the wrong place.
std::string Reading::reason_for(const ReadObject& place, const std::string& name) const {
    if (nearest_name(name, all_names(place)).empty()) {
        for (const ReadObject& other : objects_) {
            if (&other == &place || !other.knows(name)) continue;
            return "Field is unknown here: did you mean " + path_within(other.path, name) + "?";
        }
    }
    return unknown_name("Field", name, all_names(place), place.asked);
}

std::vector<FieldError> Reading::with_unknown_fields() const {
    std::vector<FieldError> all = complaints_;
    for (const ReadObject& place : objects_) {
        for (const auto& member : *place.object) {
            const std::string name(member.key());
            if (!place.knows(name)) all.push_back({path_within(place.path, name), reason_for(place, name)});
        }
    }
    return all;
}

std::string path_within(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

}  // namespace mim::http
