// aggregate: a source (the collection's documents, or a stage that asks the server) and stages over
// documents.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/reading.hpp"
#include "sandbox/commands/source_stages.hpp"
#include "sandbox/query/pipeline.hpp"

namespace mim::sandbox::commands {
namespace {

using Documents = std::vector<bson::Document>;

// {aggregate: 1} has no collection.
Answer<std::optional<catalog::Name>> collection_of(const Arguments& arguments, const Request& request) {
    const auto value = request.body.find("aggregate");
    if (value && value->is_number()) {
        if (value->integer() == 1) return std::optional<catalog::Name>();
        return refuse(server_code::failed_to_parse,
                      "Invalid command format: the 'aggregate' field must specify a collection "
                      "name or 1");
    }
    MIM_TRY(name, arguments.collection());
    return std::optional<catalog::Name>(name);
}

// The command's collation, else the collection's own.
query::Letters letters_for(Instance& instance, const Request& request, const catalog::Name& name) {
    if (const auto written = request.body.find("collation")) return query::letters_of(written->document());
    const auto* collection = instance.catalog.find(name);
    const auto inherited = collection == nullptr ? std::nullopt : collection->traits().default_collation();
    return query::letters_of(inherited ? std::optional(inherited->view()) : std::nullopt);
}

Answer<Documents> run_pipeline(Instance& instance, const Request& request,
                               const std::optional<catalog::Name>& collection, bson::DocumentView pipeline) {
    if (!pipeline.empty()) {
        MIM_TRY(first, query::stage_of(*pipeline.begin()));
        MIM_TRY(source, run_source_stage(instance, request, collection, first));
        if (source) return run_stages(std::move(*source), pipeline, 1);
    }
    if (!collection)
        return refuse(server_code::invalid_namespace,
                      "{aggregate: 1} is not valid for a pipeline that reads documents");
    MIM_TRY(documents, read_documents(instance, *collection, query::Filter()));
    return run_stages(std::move(documents), pipeline, 0, letters_for(instance, request, *collection));
}

Reply aggregate(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"pipeline", "cursor", "explain", "allowDiskUse", "bypassDocumentValidation",
                              "collation", "hint", "let", "needsMerge", "fromMongos", "isMapReduceCommand"}));
    MIM_TRY(collection, collection_of(arguments, request));
    MIM_TRY(pipeline, arguments.array("pipeline"));
    if (!pipeline) return arguments.missing("pipeline");
    if (!request.body.contains("cursor"))
        return refuse(server_code::failed_to_parse,
                      "The 'cursor' option is required, except for aggregate with the explain argument");
    MIM_TRY(batch, arguments.cursor_batch(default_batch));
    MIM_TRY(documents, run_pipeline(instance, request, collection, *pipeline));
    const auto name = collection ? collection->text() : request.database + ".$cmd.aggregate";
    return instance.cursors.open(name, std::move(documents), batch);
}

constexpr std::array aggregate_commands{Command{"aggregate", &aggregate}};

}  // namespace

Family aggregate_family() {
    return aggregate_commands;
}

}  // namespace mim::sandbox::commands
