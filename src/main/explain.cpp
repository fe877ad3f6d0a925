#include "main/commands.hpp"

namespace mim::main {

std::string explain(const Error& error) {
    if (error.fields.empty()) return error.message;
    std::string text;
    for (const auto& field : error.fields) {
        if (!text.empty()) text += "; ";
        text += field.path + ": " + field.reason;
    }
    return text;
}

}  // namespace mim::main
