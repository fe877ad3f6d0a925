#include "store/mongodb/restoration_documents.hpp"

namespace mim::store::mongodb {
namespace {

using Way = app::RestoredIndex::Way;

bson::Document restored_document(const app::RestoredIndex& index) {
    return fields("collection", index.collection, "name", index.spec.name, "key", Packed{index.spec.key},
                  "options", Packed{index.spec.options}, "way", index.way == Way::show ? "show" : "build");
}

std::optional<Way> way_of(std::string_view word) {
    if (word == "build") return Way::build;
    if (word == "show") return Way::show;
    return std::nullopt;
}

Result<app::RestoredIndex> read_restored(bson::DocumentView document) {
    Reader reader(document);
    app::RestoredIndex index{.collection = reader.text("collection"),
                             .spec = {.name = reader.text("name"),
                                      .key = reader.packed("key"),
                                      .options = reader.packed("options")},
                             .way = reader.must(way_of(reader.text("way")))};
    MIM_CHECK(reader.whole("an index to restore"));
    return index;
}

}  // namespace

std::optional<bson::Document> restoration_document(const std::optional<app::Restoration>& restoration) {
    if (!restoration) return std::nullopt;
    bson::Array indexes;
    for (const auto& index : restoration->indexes) indexes.add(restored_document(index));
    return fields("of", restoration->of, "indexes", ArrayOf{indexes.take()});
}

Result<std::optional<app::Restoration>> read_restoration(const Reader& sync) {
    if (!sync.part("restoration")) return std::optional<app::Restoration>();
    Reader reader = sync.inside("restoration");
    app::Restoration restoration{.of = reader.id<SyncId>("of"), .indexes = {}};
    const auto listed = reader.part("indexes");
    MIM_CHECK(reader.whole("a restoration"));
    if (!listed) return std::optional<app::Restoration>(std::move(restoration));
    for (const auto item : *listed) {
        MIM_TRY(index, read_restored(bson::elements(item)));
        restoration.indexes.push_back(std::move(index));
    }
    return std::optional<app::Restoration>(std::move(restoration));
}

bson::Document duplicates_document(const std::vector<index::DuplicateGroup>& groups) {
    bson::Array array;
    for (const auto& group : groups) array.add(fields("documents", group.documents, "values", group.values));
    return array.take();
}

Result<std::vector<index::DuplicateGroup>> read_duplicates(Reader& record) {
    std::vector<index::DuplicateGroup> groups;
    if (!record.present("duplicates")) return groups;
    const auto packed = record.packed("duplicates");
    for (const auto item : packed) {
        Reader reader(bson::elements(item));
        index::DuplicateGroup group{.values = std::nullopt, .documents = reader.integer("documents")};
        if (const auto values = reader.part("values")) group.values = bson::Document(*values);
        MIM_CHECK(reader.whole("a sample of duplicates"));
        groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace mim::store::mongodb
