// dropIndexes: by name, names, key pattern or "*". Source: mongo src/mongo/db/catalog/drop_indexes.cpp;
// semantics section 7.
#include <array>
#include <set>

#include "bson/builder.hpp"
#include "index/definition/shard_key.hpp"
#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

using catalog::Collection;
using catalog::IndexEntry;

struct Selection {
    std::set<std::string> names;
    enum class Scope { named, all } scope = Scope::named;
};

Accepted may_drop(const Collection& collection, const index::Spec& spec) {
    if (catalog::is_clustered(spec))
        return refuse(5979800, "Cannot drop the clustered index by name or key pattern");
    if (spec.is_id_index()) return refuse(server_code::invalid_options, "cannot drop _id index");
    if (collection.holds_up_shard_key(spec.name))
        return refuse(370, "Cannot drop the only compatible index for this collection's shard key");
    return {};
}

bool serves_shard_key(const Collection& collection, const index::Spec& spec) {
    const auto& shard_key = collection.traits().shard_key;
    return shard_key && index::supports_shard_key(spec, *shard_key);
}

bool forgives_unknown_names(const Instance& instance) {
    return instance.catalog.version() >= index::ServerVersion{8, 3};
}

Accepted select_name(const Instance& instance, Collection& collection, const std::string& name,
                     Selection& into) {
    const IndexEntry* entry = collection.find_index(name);
    if (entry == nullptr) {
        if (forgives_unknown_names(instance)) return {};
        return refuse(server_code::index_not_found, "index not found with name [" + name + "]");
    }
    MIM_CHECK(may_drop(collection, entry->spec));
    if (!into.names.insert(name).second && !forgives_unknown_names(instance))
        return refuse(server_code::index_not_found, "index not found with name [" + name + "]");
    return {};
}

Accepted select_key(const Instance& instance, Collection& collection, bson::DocumentView key,
                    Selection& into) {
    std::vector<const index::Spec*> found;
    for (const auto& entry : collection.indexes()) {
        if (bson::equal_by_value(entry.spec.key.view(), key)) found.push_back(&entry.spec);
    }
    if (found.size() > 1)
        return refuse(
            server_code::ambiguous_index_key_pattern,
            std::to_string(found.size()) + " indexes found for key: the pattern does not name one of them");
    if (found.empty()) {
        if (forgives_unknown_names(instance)) return {};
        return refuse(server_code::index_not_found, "can't find index with key");
    }
    MIM_CHECK(may_drop(collection, *found.front()));
    into.names.insert(found.front()->name);
    return {};
}

Accepted select_list(const Instance& instance, Collection& collection, bson::DocumentView list,
                     Selection& into) {
    for (const auto element : list) {
        const auto name = element.string();
        if (!name)
            return refuse(server_code::type_mismatch,
                          "dropIndexes " + collection.full_name() +
                              " expected an array of index names, found an element of another type");
        MIM_CHECK(select_name(instance, collection, std::string(*name), into));
    }
    return {};
}

Selection all_of(const Collection& collection) {
    Selection selection;
    selection.scope = Selection::Scope::all;
    for (const auto& entry : collection.indexes()) {
        if (may_drop(collection, entry.spec) && !serves_shard_key(collection, entry.spec))
            selection.names.insert(entry.spec.name);
    }
    return selection;
}

// "*", also as the only one of a list.
bool means_all(const bson::ValueView& wanted) {
    if (wanted.type() != bson::Type::array) return wanted.string() == "*";
    const auto list = *wanted.document();
    return list.size() == 1 && (*list.begin()).string() == "*";
}

Answer<Selection> select(const Instance& instance, Collection& collection, const bson::ValueView& wanted) {
    if (means_all(wanted)) return all_of(collection);
    Selection selection;
    if (const auto name = wanted.string()) {
        MIM_CHECK(select_name(instance, collection, std::string(*name), selection));
    } else if (wanted.type() == bson::Type::array) {
        MIM_CHECK(select_list(instance, collection, *wanted.document(), selection));
    } else if (wanted.type() == bson::Type::document) {
        MIM_CHECK(select_key(instance, collection, *wanted.document(), selection));
    } else {
        return refuse(server_code::type_mismatch, "BSON field 'dropIndexes.index' is the wrong type '" +
                                                      std::string(bson::type_name(wanted.type())) +
                                                      "', expected types '[string, array, object]'");
    }
    return selection;
}

// A build is aborted as a whole, or not at all; while one remains, no ready index can be dropped.
Accepted settle_builds(Instance& instance, const catalog::Name& name, const Selection& selection) {
    const auto running = instance.builds.running_on(name);
    const auto busy = refuse(
        server_code::background_operation_in_progress_for_namespace,
        "cannot perform operation: an index build is currently running for collection '" + name.text() + "'");
    std::set<std::string> builds;
    for (const auto* each : running) {
        std::size_t named = 0;
        for (const auto& index : each->build.indexes) named += selection.names.count(index);
        if (named == each->build.indexes.size()) {
            builds.insert(each->build.uuid);
        } else if (named > 0 || !selection.names.empty()) {
            return busy;
        }
    }
    instance.builds.end([&](const Build& build) { return builds.contains(build.uuid); },
                        refuse(server_code::index_build_aborted, "Index build aborted: dropIndexes command"));
    return {};
}

Reply drop_indexes(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"index", "collectionUUID", "isTimeseriesNamespace"}));
    MIM_TRY(given, arguments.collection());
    const auto name = without_buckets(instance, given);
    const auto wanted = request.body.find("index");
    if (!wanted) return arguments.missing("index");
    if (instance.catalog.find(name) == nullptr)
        return refuse(server_code::namespace_not_found, "ns not found " + name.text());
    MIM_TRY(collection, existing_not_view(instance, name));
    const auto before = collection->index_count();
    const auto selected = select(instance, *collection, *wanted);
    if (!selected && selected.error().code == server_code::index_not_found)
        instance.history.repeated(name.text(), 1);
    MIM_TRY(selection, selected);
    MIM_CHECK(settle_builds(instance, name, selection));
    for (const auto& each : selection.names) {
        collection->remove_index(each);
        instance.history.dropped(name.text(), each);
    }
    bson::Builder reply;
    reply.add("nIndexesWas", before);
    if (selection.scope == Selection::Scope::all)
        reply.add("msg", collection->traits().shard_key
                             ? "non-_id indexes and non-shard key indexes dropped for collection"
                             : "non-_id indexes dropped for collection");
    return reply.take();
}

constexpr std::array drop_indexes_commands{Command{"dropIndexes", &drop_indexes},
                                           Command{"deleteIndexes", &drop_indexes}};

}  // namespace

Family drop_indexes_family() {
    return drop_indexes_commands;
}

}  // namespace mim::sandbox::commands
