#include "app/model/sync_documents.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"

namespace mim::app {
namespace {

constexpr std::string_view way_to_build = "build", way_to_show = "show";

std::optional<RestoredIndex> restored_index_of(const bson::ValueView& stored) {
    const auto fields = stored.document();
    if (!fields) return std::nullopt;
    const auto collection = fields->find("collection"), spec = fields->find("spec"),
               way = fields->find("way");
    if (!collection || !collection->string() || !spec || !spec->document() || !way) return std::nullopt;
    const auto wanted = way->string().value_or("");
    if (wanted != way_to_build && wanted != way_to_show) return std::nullopt;
    return RestoredIndex{
        .collection = std::string(*collection->string()),
        .spec = index::Spec::from_document(*spec->document()),
        .way = wanted == way_to_build ? RestoredIndex::Way::build : RestoredIndex::Way::show};
}

}  // namespace

bson::Document to_document(const Restoration& restoration) {
    bson::Array indexes;
    for (const RestoredIndex& one : restoration.indexes) {
        const bool builds = one.way == RestoredIndex::Way::build;
        indexes.add(bson::Builder()
                        .add("collection", one.collection)
                        .add("spec", one.spec.to_document())
                        .add("way", builds ? way_to_build : way_to_show)
                        .take());
    }
    return bson::Builder().add("of", restoration.of.text()).add_array("indexes", indexes.take()).take();
}

std::optional<Restoration> restoration_of(bson::DocumentView stored) {
    const auto of = stored.find("of"), indexes = stored.find("indexes");
    auto id = of && of->string() ? SyncId::parse(std::string(*of->string())) : std::nullopt;
    if (!id || !indexes) return std::nullopt;
    Restoration restoration{.of = std::move(*id), .indexes = {}};
    for (const bson::ValueView item : bson::elements(*indexes)) {
        auto one = restored_index_of(item);
        if (!one) return std::nullopt;
        restoration.indexes.push_back(std::move(*one));
    }
    return restoration;
}

}  // namespace mim::app
