#include "sandbox/seed.hpp"

#include <algorithm>
#include <array>

#include "base/clock.hpp"
#include "base/contains.hpp"
#include "base/id.hpp"
#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "bson/json.hpp"
#include "index/definition/shard_key.hpp"
#include "sandbox/catalog/new_index.hpp"
#include "sandbox/commands/collection_options.hpp"
#include "sandbox/generated_documents.hpp"

namespace mim::sandbox {
namespace {

using catalog::Catalog;
using catalog::Collection;

Error bad(const std::string& place, const std::string& reason) {
    return {ErrorCode::invalid_input, "seed: " + place + ": " + reason};
}

Result<bson::DocumentView> object(const bson::ValueView& value, const std::string& place) {
    if (value.type() != bson::Type::document) return bad(place, "must be an object");
    return *value.document();
}

Result<index::CollectionTraits> traits_of(const catalog::Name& name, bson::DocumentView definition,
                                          index::ServerVersion version, const std::string& place) {
    Request request;
    request.command = "create";
    request.database = name.database;
    bson::Builder command;
    command.add("create", name.collection);
    if (const auto options = definition.find("options")) {
        MIM_TRY(fields, object(*options, place + ".options"));
        command.add_all(fields);
    }
    request.body = command.take();
    auto traits = commands::collection_traits(request, version);
    if (!traits) return bad(place + ".options", traits.error().message);
    return std::move(*traits);
}

bson::Document named(bson::DocumentView specification) {
    const auto key = specification.find("key");
    if (specification.contains("name") || !key || key->type() != bson::Type::document)
        return bson::Document(specification);
    return bson::Builder().add_all(specification).add("name", index::default_name(*key->document())).take();
}

Done add_index(Collection& collection, const index::RuleContext& context, const bson::ValueView& value,
               const std::string& place) {
    MIM_TRY(given, object(value, place));
    const auto document = named(given);
    if (const auto refused = index::check_document(document, context)) return bad(place, refused->message);
    const auto spec = catalog::new_index(document, context);
    const auto acceptance = index::accept(collection.specs(), spec, context);
    if (acceptance.rejection) return bad(place, acceptance.rejection->message);
    if (acceptance.kind == index::Acceptance::Kind::already_exists) return {};
    if (const auto built = collection.check_build(spec); !built) return bad(place, built.error().message);
    collection.add_index({spec, catalog::IndexEntry::State::ready, {}, 0, system_clock().now()});
    return {};
}

Done add_indexes(Collection& collection, const index::RuleContext& context, bson::DocumentView definition,
                 const std::string& place) {
    const auto list = definition.find("indexes");
    if (!list) return {};
    if (list->type() != bson::Type::array) return bad(place + ".indexes", "must be an array");
    for (const auto element : bson::elements(*list))
        MIM_CHECK(
            add_index(collection, context, element, place + ".indexes[" + std::string(element.key()) + "]"));
    return {};
}

Done add_listed(Collection& collection, bson::DocumentView list, const std::string& place) {
    for (const auto element : list) {
        const auto where = place + "[" + std::string(element.key()) + "]";
        MIM_TRY(document, object(element, where));
        bson::Builder with_id;
        if (!document.contains("_id")) with_id.add_object_id("_id", generate_id_digits());
        if (const auto taken = collection.insert(with_id.add_all(document).take()); !taken)
            return bad(where, taken.error().message);
    }
    return {};
}

Done add_documents(Collection& collection, bson::DocumentView definition, const std::string& place) {
    const auto given = definition.find("documents");
    if (!given) return {};
    const auto where = place + ".documents";
    if (collection.traits().kind == index::CollectionKind::view)
        return bad(where, "a view holds no documents");
    if (given->type() == bson::Type::array) return add_listed(collection, *given->document(), where);
    bson::Document pattern;
    auto count = given->integer();
    if (given->type() == bson::Type::document) {
        const auto number = given->document()->find("count"), fields = given->document()->find("template");
        if (!number) return bad(where + ".count", "is missing");
        count = number->integer();
        if (fields) {
            MIM_TRY(inside, object(*fields, where + ".template"));
            pattern = bson::Document(inside);
        }
    }
    if (!count || *count < 0 || *count > most_generated_documents)
        return bad(where, "must be a number from 0 to 10000000, a list of documents, or {count, template}");
    collection.append(generate_documents(*count, pattern));
    return {};
}

constexpr std::array<std::string_view, 4> collection_fields{"options", "indexes", "documents", "shardKey"};

Result<std::optional<bson::Document>> shard_key_of(const Catalog& seed, bson::DocumentView definition,
                                                   const std::string& place) {
    const auto given = definition.find("shardKey");
    if (!given) return std::optional<bson::Document>();
    MIM_TRY(key, object(*given, place));
    if (key.empty()) return bad(place, "names no field");
    if (seed.deployment() != catalog::Deployment::sharded)
        return bad(place, R"(needs "deployment": "sharded" beside "databases")");
    return std::optional(bson::Document(key));
}

bool is_supported(const Collection& collection, const bson::Document& shard_key) {
    const auto specs = collection.specs();
    return std::any_of(specs.begin(), specs.end(),
                       [&](const index::Spec& spec) { return index::supports_shard_key(spec, shard_key); });
}

Done read_deployment(Catalog& into, bson::DocumentView seed) {
    const auto given = seed.find("deployment");
    if (!given || given->string() == "standalone") return {};
    if (given->string() != "sharded") return bad("deployment", R"(must be "standalone" or "sharded")");
    into.set_deployment(catalog::Deployment::sharded);
    return {};
}

Done add_collection(Catalog& into, const catalog::Name& name, const bson::ValueView& value,
                    const std::string& place) {
    MIM_TRY(definition, object(value, place));
    for (const auto field : definition) {
        if (!contains(collection_fields, field.key()))
            return bad(place + "." + std::string(field.key()),
                       "is unknown: options, indexes, documents and shardKey are known");
    }
    if (const auto refused = index::check_collection_name(name.collection))
        return bad(place, refused->message);
    MIM_TRY(traits, traits_of(name, definition, into.version(), place));
    MIM_TRY(shard_key, shard_key_of(into, definition, place + ".shardKey"));
    traits.shard_key = shard_key;
    Collection& collection = into.create(name, std::move(traits));
    MIM_CHECK(add_documents(collection, definition, place));
    MIM_CHECK(add_indexes(collection, into.rules_for(name), definition, place));
    if (shard_key && !is_supported(collection, *shard_key))
        return bad(place + ".shardKey", "no index of the collection supports it");
    return {};
}

Done add_database(Catalog& into, const bson::ValueView& value, const std::string& place) {
    const std::string database(value.key());
    if (const auto refused = index::check_database_name(database)) return bad(place, refused->message);
    MIM_TRY(collections, object(value, place));
    for (const auto collection : collections) {
        const std::string name(collection.key());
        MIM_CHECK(add_collection(into, {database, name}, collection, place + "." + name));
    }
    return {};
}

}  // namespace

Result<Catalog> parse_seed(const std::string& json_text, index::ServerVersion version) {
    const auto parsed = bson::parse_json(json_text);
    if (!parsed) return bad("the file", parsed.error().message);
    const auto databases = parsed->find("databases");
    if (!databases) return bad("databases", "is missing");
    MIM_TRY(list, object(*databases, "databases"));
    Catalog seed(version, system_clock());
    MIM_CHECK(read_deployment(seed, *parsed));
    for (const auto database : list)
        MIM_CHECK(add_database(seed, database, "databases." + std::string(database.key())));
    return seed;
}

}  // namespace mim::sandbox
