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

Done take_stored(Link& link, const DatabaseId& database, const std::set<std::string>& collections,
                 const std::vector<DefinitionId>& leaving, Taken& taken) {
    const std::set<DefinitionId> leaves(leaving.begin(), leaving.end());
    const auto wanted = fields("collection", 1, "name", 1, "signature", 1);
    const auto filter = fields("database", database, "collection", fields("$in", array_of(collections)));
    MIM_TRY(stored, link.find(names::definitions, {.filter = filter, .sort = {}, .fields = wanted}));
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

Done check_conflicts(Link& link, const DatabaseId& database, const std::vector<DefinitionId>& leaving,
                     const std::vector<app::Definition>& updates,
                     const std::vector<app::Definition>& creations) {
    std::set<std::string> collections;
    for (const auto& definition : updates) collections.insert(definition.collection);
    for (const auto& definition : creations) collections.insert(definition.collection);
    if (collections.empty()) return {};
    Taken taken;
    MIM_CHECK(take_stored(link, database, collections, leaving, taken));
    for (const auto* arriving : {&updates, &creations}) {
        for (const auto& each : *arriving)
            MIM_CHECK(taken.take(each.collection, each.spec.name, each.signature));
    }
    return {};
}

}  // namespace mim::store::mongodb
