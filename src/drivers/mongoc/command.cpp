#include "drivers/mongoc/command.hpp"

#include "bson/builder.hpp"

namespace mim::drivers::mongoc {
namespace {

// The text that stands first in a command: {listIndexes: "orders"}.
std::string_view collection_of(const Command& command) {
    return (*command.body.begin()).string().value_or("");
}

std::string_view stage_of(const Command& command) {
    const auto pipeline = command.body.find("pipeline");
    const auto stages = pipeline ? pipeline->document() : std::nullopt;
    if (!stages || stages->begin() == stages->end()) return {};
    const auto first = (*stages->begin()).document();
    return first && first->begin() != first->end() ? (*first->begin()).key() : std::string_view();
}

}  // namespace

std::string_view name_of(const Command& command) {
    return (*command.body.begin()).key();
}

Attempt attempt_of(const Command& command, std::chrono::milliseconds elapsed,
                   std::chrono::milliseconds socket_timeout) {
    return {name_of(command), command.nature,         elapsed,          socket_timeout,
            command.database, collection_of(command), stage_of(command)};
}

bson::Document with_limit(const Command& command, Deadline deadline) {
    bson::Builder builder;
    builder.add_all(command.body.view());
    if (command.limit == ServerLimit::deadline) {
        builder.add("maxTimeMS", static_cast<std::int64_t>(deadline.left().count()));
    }
    return builder.take();
}

Failure too_late(std::string_view what) {
    return {Failure::Kind::other,
            Error(ErrorCode::target_timeout, std::string(what) + ": the deadline passed before it was sent")};
}

}  // namespace mim::drivers::mongoc
