#include "store/mongodb/definition_conflicts.hpp"

#include <set>
#include <string>
#include <tuple>

#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

// Names and signatures that are taken, each within its collection.
class Taken {
  public:
    Done take(const std::string& collection, const std::string& name, const std::string& signature) {
        if (!add('n', collection, name))
            return refusal("name", "is taken", "An index definition of this name exists in the collection");
        if (!add('s', collection, signature))
            return refusal("keys", "is defined already",
                           "The same index is defined in the collection already");
        return {};
    }

  private:
    bool add(char kind, const std::string& collection, const std::string& text) {
        return taken_.emplace(kind, collection, text).second;
    }
    static Error refusal(const char* field, const char* reason, const char* text) {
        Error error(ErrorCode::already_exists, text);
        error.fields = {{field, reason}};
        return error;
    }
    std::set<std::tuple<char, std::string, std::string>> taken_;
};

// `leaves` make room first.
Done take_stored(Commands& commands, const DatabaseId& database, const std::set<std::string>& collections,
                 const std::set<DefinitionId>& leaves, Taken& taken) {
    const auto wanted = fields("collection", 1, "name", 1, "signature", 1);
    const auto filter = fields("database", database, "collection", fields("$in", array_of(collections)));
    MIM_TRY(stored, commands.find(names::definitions, {.filter = filter, .sort = {}, .fields = wanted}));
    for (const auto& document : stored) {
        Reader reader(document);
        const auto id = reader.id<DefinitionId>("_id");
        const auto collection = reader.text("collection"), name = reader.text("name"),
                   signature = reader.text("signature");
        MIM_CHECK(reader.whole("a definition"));
        if (!leaves.contains(id)) (void)taken.take(collection, name, signature);
    }
    return {};
}

}  // namespace

Done refusal_of(Commands& commands, const app::DefinitionChanges& changes) {
    std::set<DefinitionId> leaves(changes.removals.begin(), changes.removals.end());
    for (const auto& definition : changes.updates) leaves.insert(definition.id);
    std::vector<app::Definition> arriving = changes.updates;
    arriving.insert(arriving.end(), changes.creations.begin(), changes.creations.end());
    std::set<std::string> collections;
    for (const auto& definition : arriving) collections.insert(definition.collection);
    Taken taken;
    if (!arriving.empty())
        MIM_CHECK(take_stored(commands, arriving.front().database, collections, leaves, taken));
    for (const auto& each : arriving) MIM_CHECK(taken.take(each.collection, each.spec.name, each.signature));
    return Error(ErrorCode::already_exists, "An index definition of this id exists, or of this name did");
}

}  // namespace mim::store::mongodb
