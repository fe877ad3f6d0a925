#include "target/catalog.hpp"

#include <array>

#include "base/call_memory.hpp"
#include "base/contains.hpp"
#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "index/definition/catalog_listing.hpp"
#include "index/definition/held_bytes.hpp"
#include "index/definition/readability.hpp"
#include "target/listing.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using index::LiveCollection;
using index::LiveIndex;

constexpr std::int64_t wire_version_6_0 = 17;
constexpr std::int32_t most_in_a_batch = 100'000;  // a first batch of the usual 101 would cost a second trip

// The options that listCollections repeats as the catalog holds them.
constexpr std::array<std::string_view, 13> plain_options{"capped",
                                                         "size",
                                                         "max",
                                                         "storageEngine",
                                                         "validator",
                                                         "validationLevel",
                                                         "validationAction",
                                                         "indexOptionDefaults",
                                                         "collation",
                                                         "changeStreamPreAndPostImages",
                                                         "recordPreImages",
                                                         "encryptedFields",
                                                         "comment"};

std::string_view text_of(bson::DocumentView document, std::string_view field) {
    const auto value = document.find(field);
    return value ? value->string().value_or("") : "";
}

std::optional<bson::DocumentView> document_of(bson::DocumentView document, std::string_view field) {
    const auto value = document.find(field);
    return value && value->type() == bson::Type::document ? value->document() : std::nullopt;
}

// Without the uuid, which listCollections shows elsewhere.
std::optional<bson::Document> options_of(bson::DocumentView stored) {
    bson::Builder options;
    for (const auto option : stored) {
        if (option.key() == "uuid") continue;
        if (!contains(plain_options, option.key())) return std::nullopt;
        options.add(option.key(), option);
    }
    return options.take();
}

std::optional<LiveIndex> index_of(const bson::ValueView& stored) {
    const auto entry = stored.document();
    const auto spec = entry ? document_of(*entry, "spec") : std::nullopt;
    const auto ready = entry ? entry->find("ready") : std::nullopt;
    // The listing that is asked instead tells why.
    if (spec && index::why_unreadable(*spec)) return std::nullopt;
    if (!spec || !ready || !ready->boolean() || !index::has_sure_listed_form(*spec)) return std::nullopt;
    const auto state = *ready->boolean() ? LiveIndex::State::ready : LiveIndex::State::building;
    return LiveIndex{index::listed_from_catalog(*spec), state};
}

std::optional<LiveCollection> view_of(bson::DocumentView entry) {
    const auto source = entry.find("viewOn"), pipeline = entry.find("pipeline");
    if (!source || !pipeline || entry.contains("collation") || entry.contains("timeseries"))
        return std::nullopt;
    LiveCollection view;
    view.name = text_of(entry, "name");
    view.traits.kind = CollectionKind::view;
    view.traits.options = bson::Builder().add("viewOn", *source).add("pipeline", *pipeline).take();
    return view;
}

mongoc::Command catalog_command(const std::string& database) {
    const bson::Document source = bson::Builder().add("$listCatalog", bson::Document()).take();
    const bson::Document ours =
        bson::Builder().add("$match", bson::Builder().add("db", database).take()).take();
    return {"admin", bson::Builder()
                         .add("aggregate", 1)
                         .add_array("pipeline", bson::Array().add(source).add(ours).take())
                         .add("cursor", bson::Builder().add("batchSize", most_in_a_batch).take())
                         .take()};
}

// AtlasError is what Atlas answers to bad credentials, but also to what its small clusters do not offer.
bool is_lost(const Error& error) {
    if (refusal_code(error) == server_code::atlas_error) return false;
    return error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout ||
           error.code == ErrorCode::target_authentication || error.code == ErrorCode::target_too_large ||
           error.code == ErrorCode::not_ready;
}

// None for an answer that is no catalog: what a server that knows the stage by name only may send.
Result<std::optional<CatalogAnswer>> sort_out(const std::vector<bson::Document>& entries,
                                              const std::string& database) {
    const std::optional<CatalogAnswer> none;
    CatalogAnswer answer;
    answer.read.reserve(entries.size());
    for (const bson::Document& entry : entries) {
        const std::string_view name = text_of(entry, "name");
        if (text_of(entry, "db") != database || name.empty()) return none;
        if (is_kept_by_server(name)) continue;
        if (const auto reason = index::why_unreadable_name(name)) {
            answer.read.push_back(unreadable_collection(name, *reason));
        } else if (auto collection = from_catalog(entry)) {
            MIM_CHECK(CallMemory::add(index::held_bytes(*collection)));
            answer.read.push_back(std::move(*collection));
        } else {
            answer.to_list.emplace_back(name);
        }
    }
    if (entries.empty()) return none;
    return std::optional<CatalogAnswer>(std::move(answer));
}

}  // namespace

std::optional<LiveCollection> from_catalog(bson::DocumentView entry) {
    const std::string_view type = text_of(entry, "type");
    if (type == "view") return view_of(entry);
    const auto stored = type == "collection" ? document_of(entry, "md") : std::nullopt;
    const auto options = stored ? document_of(*stored, "options") : std::nullopt;
    const auto indexes = stored ? stored->find("indexes") : std::nullopt;
    if (!options || !indexes || indexes->type() != bson::Type::array) return std::nullopt;
    auto plain = options_of(*options);
    if (!plain) return std::nullopt;
    LiveCollection collection;
    collection.name = text_of(entry, "name");
    collection.traits.options = std::move(*plain);
    constexpr std::size_t usual_indexes = 8;
    collection.indexes.reserve(usual_indexes);
    for (const auto element : bson::elements(*indexes)) {
        // As below: the listing tells why.
        if (collection.indexes.size() == index::most_live_indexes) return std::nullopt;
        auto found = index_of(element);
        if (!found) return std::nullopt;
        collection.indexes.push_back(std::move(*found));
    }
    collection.indexes.shrink_to_fit();  // room that nobody uses would not be charged
    return collection;
}

Result<std::optional<CatalogAnswer>> read_catalog(mongoc::Client& client, const Place& place,
                                                  const ServerFacts& facts,
                                                  std::chrono::milliseconds pause_when_refused,
                                                  Deadline deadline) {
    Connection& connection = *place.connection;
    const std::optional<CatalogAnswer> none;
    if (!connection.may_ask_catalog()) return none;
    if (facts.role == ServerFacts::Role::router || facts.wire_version < wire_version_6_0) return none;
    const auto entries = client.drain(catalog_command(place.database), deadline);
    if (entries) return sort_out(*entries, place.database);
    if (is_lost(entries.error())) return entries.error();
    connection.ask_catalog_again_after(pause_when_refused);
    return none;
}

}  // namespace mim::target
