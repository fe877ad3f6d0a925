#include "sandbox/commands/reading.hpp"

#include "sandbox/catalog/description.hpp"
#include "sandbox/query/pipeline.hpp"

namespace mim::sandbox::commands {
namespace {

using Documents = std::vector<bson::Document>;

constexpr int deepest_view = 20;  // MongoDB's limit of views upon views

bool is_cluster_catalog(const Instance& instance, const catalog::Name& name) {
    return instance.catalog.deployment() == catalog::Deployment::sharded && name.database == "config" &&
           name.collection == "collections";
}

Answer<Documents> read(Instance& instance, const catalog::Name& name, const query::Filter& filter,
                       int depth) {
    if (is_cluster_catalog(instance, name)) {
        auto entries = catalog::cluster_collections(instance.catalog);
        std::erase_if(entries, [&](const bson::Document& each) { return !filter.matches(each); });
        return entries;
    }
    const auto* collection = instance.catalog.find(name);
    if (collection == nullptr) return Documents{};
    if (collection->traits().kind == index::CollectionKind::view) {
        if (depth >= deepest_view) return refuse(165, "View depth too deep or view cycle detected");
        const auto& options = collection->traits().options;
        const auto source = options.find("viewOn"), pipeline = options.find("pipeline");
        const catalog::Name below{name.database, std::string(source ? source->string().value_or("") : "")};
        MIM_TRY(documents, read(instance, below, query::Filter(), depth + 1));
        const auto stages = pipeline ? pipeline->document() : std::nullopt;
        if (stages) {
            MIM_TRY(seen, run_stages(std::move(documents), *stages, 0));
            documents = std::move(seen);
        }
        std::erase_if(documents, [&](const bson::Document& each) { return !filter.matches(each); });
        return documents;
    }
    if (filter.matches_all()) return collection->documents();
    Documents result;
    for (const auto& document : collection->documents()) {
        if (filter.matches(document)) result.push_back(document);
    }
    return result;
}

}  // namespace

Answer<Documents> read_documents(Instance& instance, const catalog::Name& name, const query::Filter& filter) {
    return read(instance, name, filter, 0);
}

Answer<Documents> run_stages(Documents documents, bson::DocumentView pipeline, std::size_t from,
                             query::Letters letters) {
    std::size_t position = 0;
    for (const auto element : pipeline) {
        if (position++ < from) continue;
        MIM_CHECK(query::stage_of(element));
        MIM_TRY(next, query::run_stage(std::move(documents), *element.document(), letters));
        documents = std::move(next);
    }
    return documents;
}

}  // namespace mim::sandbox::commands
