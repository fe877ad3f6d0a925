#include "sandbox/commands/running_operations.hpp"

#include "bson/builder.hpp"
#include "sandbox/catalog/listed_index.hpp"

namespace mim::sandbox::commands {
namespace {

struct Operation {
    enum class Activity { active, idle } activity;
    std::int64_t id;
    std::string description;
    std::string full_name;
    std::chrono::milliseconds running;
};

bson::Builder described(const Instance& instance, const Operation& operation, bson::DocumentView command) {
    bson::Builder result;
    result.add("type", "op")
        .add("host", instance.address())
        .add("desc", operation.description)
        .add("active", operation.activity == Operation::Activity::active);
    result.add("opid", static_cast<std::int32_t>(operation.id));
    result.add("secs_running", static_cast<std::int64_t>(operation.running.count() / 1000));
    result.add("microsecs_running", static_cast<std::int64_t>(operation.running.count() * 1000));
    result.add("op", "command").add("ns", operation.full_name).add("command", command).add("numYields", 0);
    return result;
}

bson::Document client_operation(const Instance& instance, const Request& request,
                                const std::string& full_name, std::chrono::milliseconds running) {
    const Operation operation{Operation::Activity::active, request.operation_id,
                              "conn" + std::to_string(request.client->id), full_name, running};
    auto result = described(instance, operation, request.body);
    result.add("connectionId", request.client->id).add("client", request.client->address);
    if (!request.client->app_name.empty()) result.add("appName", request.client->app_name);
    return result.take();
}

// Of the thread that builds. As MongoDB shows it while it scans: idle, and with those indexes alone that were
// not there before.
bson::Document worker_operation(const Instance& instance, const RunningBuild& running) {
    const auto& build = running.build;
    const Operation operation{Operation::Activity::idle, build.worker_operation_id,
                              "IndexBuildsCoordinatorMongod-0", build.collection.text(),
                              running.running_for()};
    bson::Array indexes;
    for (const auto& spec : build.specs) indexes.add(catalog::raw_form(spec));
    bson::Builder command;
    command.add("createIndexes", build.collection.collection).add_array("indexes", indexes.take());
    auto result = described(instance, operation, command.take());
    const std::int64_t done = running.done(), percent = build.total > 0 ? done * 100 / build.total : 100;
    const std::string phase = "Index Build: scanning collection";
    result.add("msg", phase + " " + phase + ": " + std::to_string(done) + "/" + std::to_string(build.total) +
                          " " + std::to_string(percent) + "%");
    result.add("progress", bson::Builder().add("done", done).add("total", build.total).take());
    return result.take();
}

}  // namespace

std::vector<bson::Document> running_operations(const Instance& instance, const Request& asking,
                                               Operations wanted) {
    std::vector<bson::Document> result;
    result.push_back(
        client_operation(instance, asking, asking.database + ".$cmd", std::chrono::milliseconds{0}));
    for (const auto* running : instance.builds.running()) {
        const auto& build = running->build;
        result.push_back(
            client_operation(instance, *build.request, build.collection.text(), running->running_for()));
        if (wanted == Operations::idle_too) result.push_back(worker_operation(instance, *running));
    }
    return result;
}

}  // namespace mim::sandbox::commands
