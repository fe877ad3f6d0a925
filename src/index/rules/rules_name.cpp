#include "index/rules/candidate.hpp"

namespace mim::index {

Verdict check_name(const Candidate& candidate) {
    const auto name = candidate.option("name")->string().value_or("");
    if (name.empty()) return refuse("name", "The name is empty: give the index a name.");
    if (name.find('\0') != std::string_view::npos)
        return refuse("name", "The name holds a NUL character: remove it.");
    if (name == "*") {
        return refuse(server_code::bad_value, "name",
                      "The name '*' means all indexes in MongoDB: choose another.");
    }
    if (name == "_id_" && !candidate.is_id_index()) {
        return refuse(server_code::bad_value, "name",
                      "The name '_id_' is reserved for the index on {_id: 1}: choose another.");
    }
    return std::nullopt;
}

}  // namespace mim::index
