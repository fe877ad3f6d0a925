#include "target/build_progress.hpp"

#include "base/ascii.hpp"
#include "bson/builder.hpp"
#include "target/listing.hpp"

namespace mim::target {
namespace {

constexpr std::string_view build_prefix = "Index Build";

std::string_view text_in(bson::DocumentView document, std::string_view field) {
    const auto value = document.find(field);
    return value ? value->string().value_or("") : "";
}

bool is_build_of(bson::DocumentView operation, const std::string& full_name) {
    const std::string_view collection = std::string_view(full_name).substr(full_name.find('.') + 1);
    const auto holder = operation.find("command");
    const auto command = holder ? holder->document() : std::nullopt;
    const std::string_view space = text_in(operation, "ns");
    if (command && text_in(*command, "createIndexes") == collection) {
        // mongos and old servers give "database.$cmd" here.
        return space == full_name ||
               space.substr(0, space.find('.')) == full_name.substr(0, full_name.find('.'));
    }
    return space == full_name && text_in(operation, "msg").starts_with(build_prefix);
}

app::BuildProgress read(bson::DocumentView operation) {
    app::BuildProgress progress;
    progress.phase = phase_of(text_in(operation, "msg"));
    const auto holder = operation.find("progress");
    const auto figures = holder ? holder->document() : std::nullopt;
    if (!figures) return progress;
    if (const auto done = figures->find("done")) progress.done = done->integer();
    if (const auto total = figures->find("total")) progress.total = total->integer();
    return progress;
}

// `5/10 50%` and what is like it: digits, and the signs between them.
bool is_figure(char c) {
    return ascii::is_digit(c) || std::string_view("/% ()").find(c) != std::string_view::npos;
}

// The thread that builds is among the idle ones while it scans, though somebody waits for it.
mongoc::Command watch_command(const std::string& full_name, Sight sight) {
    const std::string collection = full_name.substr(full_name.find('.') + 1);
    const bson::Document ours = bson::Builder().add("command.createIndexes", collection).take();
    const bson::Document started =
        bson::Builder().add("msg", bson::Builder().add("$regex", "^Index Build").take()).take();
    const bson::Document either =
        bson::Builder().add_array("$or", bson::Array().add(ours).add(started).take().view()).take();
    bson::Array pipeline;
    const bson::Document whose =
        bson::Builder().add("allUsers", sight == Sight::everyone).add("idleConnections", true).take();
    pipeline.add(bson::Builder().add("$currentOp", whose).take());
    pipeline.add(bson::Builder().add("$match", either).take());
    return {"admin", bson::Builder()
                         .add("aggregate", 1)
                         .add_array("pipeline", pipeline.take().view())
                         .add("cursor", bson::Document())
                         .take()};
}

}  // namespace

std::string phase_of(std::string_view message) {
    while (!message.empty() && is_figure(message.back())) message.remove_suffix(1);
    while (!message.empty() && (message.back() == ':' || message.back() == ' ')) message.remove_suffix(1);
    // The server writes the phase, then the meter, which begins with the phase again.
    const std::size_t half = message.size() / 2;
    if (message.size() % 2 == 1 && message[half] == ' ' &&
        message.substr(0, half) == message.substr(half + 1)) {
        message = message.substr(0, half);
    }
    return std::string(message);
}

std::optional<app::BuildProgress> progress_of(const std::vector<bson::Document>& operations,
                                              const std::string& full_name) {
    std::optional<app::BuildProgress> best;
    for (const bson::Document& operation : operations) {
        if (!is_build_of(operation.view(), full_name)) continue;
        app::BuildProgress found = read(operation.view());
        if (found.done) return found;
        if (!best || best->phase.empty()) best = std::move(found);
    }
    return best;
}

app::BuildProgress ProgressWatch::look(Deadline deadline) {
    if (sight_ == Sight::nothing) return {};
    auto client = place_.connection->quick(deadline);
    if (!client) return {};
    auto operations = client->drain(watch_command(full_name_, sight_), deadline);
    if (!operations && operations.error().server && operations.error().code != ErrorCode::target_timeout) {
        sight_ = sight_ == Sight::everyone ? Sight::ourselves : Sight::nothing;
        return look(deadline);
    }
    if (!operations) return {};
    return progress_of(*operations, full_name_).value_or(app::BuildProgress{});
}

}  // namespace mim::target
