#include "sandbox/commands/index_request.hpp"

#include <algorithm>
#include <array>

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "index/definition/catalog_listing.hpp"
#include "sandbox/catalog/new_index.hpp"
#include "sandbox/commands/commit_quorum.hpp"

namespace mim::sandbox::commands {
namespace {

enum class Unknown { refuse, ignore };

Answer<bson::Document> element(const bson::ValueView& value, Unknown unknown) {
    if (value.type() != bson::Type::document)
        return refuse(server_code::type_mismatch, "BSON field 'createIndexes.indexes." +
                                                      std::string(value.key()) + "' is the wrong type '" +
                                                      std::string(bson::type_name(value.type())) +
                                                      "', expected type 'object'");
    if (unknown == Unknown::refuse) return bson::Document(*value.document());
    bson::Builder known;
    for (const auto field : bson::elements(value)) {
        if (index::is_known_index_field(field.key())) known.add(field.key(), field);
    }
    return known.take();
}

Accepted check_place(const catalog::Name& name, const index::RuleContext& context) {
    if (name.database == "config" && name.collection == "transactions")
        return refuse(server_code::illegal_operation, "not allowed to create index on " + name.text());
    if (name.database == "local" && name.collection.starts_with("oplog."))
        return refuse(67, "cannot create an index on the oplog");
    if (context.collection.kind == index::CollectionKind::view)
        return refuse(server_code::command_not_supported_on_view,
                      "Namespace " + name.text() + " is a view, not a collection");
    if (context.collection.kind != index::CollectionKind::missing) return {};
    if (const auto bad = index::check_collection_name(name.collection)) return refuse(*bad);
    return {};
}

// MongoDB 5.0 takes no lifetime that is longer than what has passed since 1970. It is the one rule that asks
// the clock, so that it is not among those of definitions.
Accepted check_lifetime(bson::DocumentView document, const Instance& instance) {
    const auto version = instance.settings.version;
    if (version < index::version_5_0 || version >= index::version_5_1) return {};
    const auto seconds = document.find("expireAfterSeconds");
    const auto now = std::chrono::duration<double>(instance.catalog.now().time_since_epoch());
    if (!seconds || !(seconds->number().value_or(0) > now.count())) return {};
    return refuse(
        server_code::cannot_create_index,
        "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number");
}

// Which engines a server has, no rule of definitions knows. These a MongoDB 5.0 has; others an edition or a
// relative may have.
Accepted check_storage_engines(bson::DocumentView document) {
    constexpr std::array<std::string_view, 3> registered{"wiredTiger", "devnull", "ephemeralForTest"};
    const auto engines = document.find("storageEngine");
    if (!engines) return {};
    for (const auto engine : bson::elements(*engines)) {
        if (std::find(registered.begin(), registered.end(), engine.key()) != registered.end()) continue;
        return refuse(server_code::invalid_options,
                      std::string(engine.key()) + " is not a registered storage engine for this server");
    }
    return {};
}

Answer<std::vector<index::Spec>> specs(bson::DocumentView list, Unknown unknown,
                                       const index::RuleContext& context, const Instance& instance) {
    std::vector<index::Spec> result;
    for (const auto value : list) {
        MIM_TRY(document, element(value, unknown));
        if (const auto bad = index::check_document(document, context)) return refuse(*bad);
        MIM_CHECK(check_lifetime(document, instance));
        MIM_CHECK(check_storage_engines(document));
        result.push_back(catalog::new_index(document, context));
    }
    return result;
}

std::vector<index::Spec> indexes_at_birth(const index::RuleContext& context) {
    const auto id = bson::Builder()
                        .add("v", 2)
                        .add("key", bson::Builder().add("_id", 1).take())
                        .add("name", "_id_")
                        .take();
    return {catalog::new_index(id, context)};
}

}  // namespace

Answer<IndexRequest> read_index_request(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(
        arguments.only({"indexes", "ignoreUnknownIndexOptions", "commitQuorum", "isTimeseriesNamespace"}));
    IndexRequest result;
    MIM_TRY(name, arguments.collection());
    result.collection = name;
    MIM_TRY(list, arguments.array("indexes"));
    if (!list) return arguments.missing("indexes");
    if (list->empty()) return refuse(server_code::bad_value, "Must specify at least one index to create");
    MIM_TRY(quorum, read_commit_quorum(instance, request));
    result.commit_quorum = std::move(quorum);
    MIM_TRY(ignoring, arguments.flag("ignoreUnknownIndexOptions"));
    auto context = instance.catalog.rules_for(name);
    MIM_CHECK(check_place(name, context));
    MIM_TRY(wanted, specs(*list, ignoring ? Unknown::ignore : Unknown::refuse, context, instance));
    result.wanted = std::move(wanted);
    return result;
}

Answer<IndexDecision> decide(Instance& instance, const IndexRequest& request) {
    const auto context = instance.catalog.rules_for(request.collection);
    auto* collection = instance.catalog.find(request.collection);
    const auto existing = collection != nullptr ? collection->specs() : indexes_at_birth(context);
    auto with_fresh = existing;
    IndexDecision decision;
    for (const auto& wanted : request.wanted) {
        const auto alone = index::accept(existing, wanted, context);
        if (alone.kind == index::Acceptance::Kind::already_exists) {
            ++decision.already_there;
            const auto* entry = collection != nullptr ? collection->find_index(wanted.name) : nullptr;
            if (entry != nullptr && entry->state == catalog::IndexEntry::State::building)
                decision.unfinished = wanted.name;
            continue;
        }
        const auto acceptance = index::accept(with_fresh, wanted, context);
        if (acceptance.rejection) return refuse(*acceptance.rejection);
        if (acceptance.kind == index::Acceptance::Kind::already_exists)
            return refuse(server_code::index_already_exists,
                          "Identical index already exists: " + wanted.name);
        with_fresh.push_back(wanted);
        decision.fresh.push_back(wanted);
    }
    return decision;
}

}  // namespace mim::sandbox::commands
