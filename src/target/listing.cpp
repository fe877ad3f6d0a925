#include "target/listing.hpp"

#include <algorithm>

#include "base/call_memory.hpp"
#include "bson/builder.hpp"
#include "drivers/mongoc/error.hpp"
#include "index/definition/held_bytes.hpp"
#include "index/definition/readability.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;

constexpr std::size_t longest_name_filter = 200;  // more names than this: list all, choose here

bson::Document name_filter(const std::vector<std::string>& names) {
    if (names.size() == 1) return bson::Builder().add("name", names.front()).take();
    bson::Array listed;
    for (const std::string& name : names) listed.add(name);
    return bson::Builder().add("name", bson::Builder().add_array("$in", listed.take().view()).take()).take();
}

mongoc::Command list_indexes_command(const Place& place, const std::string& collection, bool marks_builds) {
    bson::Builder builder;
    builder.add("listIndexes", collection).add("cursor", bson::Document());
    if (marks_builds) builder.add("includeBuildUUIDs", true);
    return {place.database, builder.take()};
}

// Codes with which a server turns down a field that it does not know or does not want here. Some answer so
// to much else as well: whether it was the field is seen when the question is asked without it.
bool is_about_the_field(const Error& error) {
    switch (refusal_code(error)) {
        case server_code::bad_value:
        case server_code::failed_to_parse:
        case server_code::type_mismatch:
        case server_code::invalid_options:
        case server_code::not_implemented:
        case server_code::unknown_field:
        case server_code::command_not_found:
        case server_code::command_not_supported:
        case server_code::unsupported_by_documentdb:
        case server_code::atlas_error:
            return true;
        default:
            return false;
    }
}

}  // namespace

bool is_kept_by_server(std::string_view name) {
    return name.starts_with("system.") || name.starts_with("enxcol_.");
}

int refusal_code(const Error& error) {
    return error.server ? error.server->code : 0;
}

index::LiveCollection to_collection(bson::DocumentView listed) {
    index::LiveCollection collection;
    if (const auto name = listed.find("name")) collection.name = name->string().value_or("");
    if (const auto reason = index::why_unreadable_name(collection.name))
        return unreadable_collection(collection.name, *reason);
    if (const auto options = listed.find("options")) {
        if (const auto document = options->document()) collection.traits.options = bson::Document(*document);
    }
    const auto type = listed.find("type");
    const std::string_view kind = type ? type->string().value_or("") : "";
    if (kind == "view") collection.traits.kind = CollectionKind::view;
    if (kind == "timeseries") collection.traits.kind = CollectionKind::time_series;
    return collection;
}

index::LiveCollection unreadable_collection(std::string_view name, const std::string& reason) {
    index::LiveCollection collection;
    collection.name = mongoc::clean(name);
    collection.unreadable_indexes.push_back({"", "the name of its collection " + reason});
    return collection;
}

void add_index(bson::DocumentView listed, ListedIndexes& indexes) {
    const auto wrapped = listed.find("spec");
    const auto inner = wrapped && !listed.contains("key") ? wrapped->document() : std::nullopt;
    const bson::DocumentView spec = inner.value_or(listed);
    if (auto reason = index::why_unreadable(spec)) {
        const auto name = spec.find("name");
        indexes.unreadable.push_back(
            {mongoc::clean(name ? name->string().value_or("") : ""), std::move(*reason)});
        return;
    }
    const bool unfinished = inner && (listed.contains("buildUUID") || listed.contains("indexBuildInfo"));
    using State = index::LiveIndex::State;
    indexes.readable.push_back(
        {index::Spec::from_document(spec), unfinished ? State::building : State::ready});
}

Result<std::vector<index::LiveCollection>> list_collections(
    mongoc::Client& client, const std::string& database, const std::optional<std::vector<std::string>>& names,
    Deadline deadline) {
    bson::Builder builder;
    builder.add("listCollections", 1);
    if (names && !names->empty() && names->size() <= longest_name_filter)
        builder.add("filter", name_filter(*names));
    builder.add("cursor", bson::Document());
    MIM_TRY(documents, client.drain({database, builder.take()}, deadline));
    std::vector<index::LiveCollection> collections;
    collections.reserve(documents.size());
    for (const bson::Document& document : documents) {
        index::LiveCollection collection = to_collection(document.view());
        if (is_kept_by_server(collection.name)) continue;
        MIM_CHECK(CallMemory::add(index::held_bytes(collection)));
        collections.push_back(std::move(collection));
    }
    return collections;
}

std::optional<Error> why_too_many(const std::string& collection, std::size_t indexes) {
    if (indexes <= index::most_live_indexes) return std::nullopt;
    return Error(ErrorCode::target_refused,
                 "the target lists " + std::to_string(indexes) + " indexes of the collection " + collection +
                     ", where at most " + std::to_string(index::most_live_indexes) + " are looked at");
}

Result<ListedIndexes> list_indexes(mongoc::Client& client, const Place& place, const std::string& collection,
                                   Deadline deadline) {
    const bool marks_builds = place.connection->marks_builds.load(std::memory_order_relaxed);
    auto documents = client.drain(list_indexes_command(place, collection, marks_builds), deadline);
    if (!documents && marks_builds && is_about_the_field(documents.error())) {
        documents = client.drain(list_indexes_command(place, collection, false), deadline);
        // Only when the plain question is answered was it the field that the server minded.
        if (documents) place.connection->marks_builds.store(false, std::memory_order_relaxed);
    }
    if (!documents) return documents.error();
    ListedIndexes indexes;
    indexes.refused = why_too_many(collection, documents->size());
    if (indexes.refused) return indexes;
    indexes.readable.reserve(documents->size());
    for (const bson::Document& document : *documents) add_index(document.view(), indexes);
    for (const auto& each : indexes.readable) MIM_CHECK(CallMemory::add(index::held_bytes(each)));
    for (const auto& each : indexes.unreadable) MIM_CHECK(CallMemory::add(index::held_bytes(each)));
    return indexes;
}

}  // namespace mim::target
