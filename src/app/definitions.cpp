#include "app/definitions.hpp"

#include "app/definition_identity.hpp"
#include "app/definition_rules.hpp"
#include "app/earlier_meaning.hpp"
#include "app/outrun.hpp"
#include "app/paging.hpp"
#include "app/protection.hpp"
#include "index/definition/key_type.hpp"

namespace mim::app {
namespace {

void check_collection(std::vector<FieldError>& bad, const std::string& collection) {
    if (const auto rejection = index::check_collection_name(collection)) {
        bad.push_back({"collection", rejection->message});
    }
}

void give_name(index::Spec& spec) {
    if (spec.name.empty()) spec.name = index::default_name(spec.key);
}

index::Spec changed_spec(const index::Spec& stored, const SpecChange& wanted) {
    index::Spec spec = stored;
    if (wanted.key) spec.key = *wanted.key;
    if (wanted.options) spec.options = *wanted.options;
    if (wanted.name) {
        spec.name = *wanted.name;
    } else if (stored.name == index::default_name(stored.key)) {
        spec.name.clear();
    }
    give_name(spec);
    return spec;
}

// All text indexes of a collection are one to MongoDB, whatever their fields.
bool is_another_text_index(const index::Spec& wanted, const index::Spec& other) {
    return index::key_type(wanted.key) == index::KeyType::text && !(wanted.key == other.key);
}

// The store tells that there is one; whoever is refused wants to know which.
Error naming_the_other(const Error& refused, const Definition& wanted,
                       const std::vector<Definition>& others) {
    Error told = refused;
    for (const Definition& other : others) {
        const std::string named = other.spec.name + " (" + other.id.text() + ")";
        if (other.spec.name == wanted.spec.name) {
            told.fields = {{"name", "is taken by the definition " + named}};
            return told;
        }
        if (is_same_index(other, wanted))
            told.fields = {{"keys", is_another_text_index(wanted.spec, other.spec)
                                        ? "a collection has one text index only, and " + named +
                                              " is it: add the fields to it"
                                        : "is defined already, as " + named}};
    }
    return told;
}

// The store goes by identities as they were told when they were written; an older version told some
// otherwise.
Done check_identity(const Definition& wanted, const std::vector<Definition>& others) {
    for (const Definition& other : others) {
        if (other.signature == wanted.signature || !is_same_index(other, wanted)) continue;
        return naming_the_other(
            {ErrorCode::already_exists, "The same index is defined in the collection already"}, wanted,
            others);
    }
    return {};
}

}  // namespace

Result<DefinitionId> Definitions::create(const DatabaseId& database, const std::string& collection,
                                         index::Spec spec) {
    give_name(spec);
    const auto stored = ports_.databases.get(database);
    const DefinitionRules rules(stored ? stored->seen_server : std::nullopt);
    std::vector<FieldError> bad;
    check_collection(bad, collection);
    rules.check_spec(bad, spec);
    if (!bad.empty()) return Error{std::move(bad)};
    if (!stored) return stored.error();
    MIM_TRY(others, ports_.definitions.all_of(database, std::vector{collection}));
    const Definition definition = make_definition(database, collection, std::move(spec), ports_.clock.now());
    MIM_CHECK(rules.check_company(definition, others));
    MIM_CHECK(check_identity(definition, others));
    const Done created = ports_.definitions.create(definition);
    if (!created) return told_which(created.error(), definition);
    return definition.id;
}

Result<Definition> Definitions::get(const DefinitionId& id) {
    return ports_.definitions.get(id);
}

Result<Change<Definition>> Definitions::update(const DefinitionId& id, const SpecChange& wanted, Role as) {
    return until_not_outrun([&] { return try_update(id, wanted, as); });
}

// not_allowed_in_state: somebody else changed it since it was read.
Result<Change<Definition>> Definitions::try_update(const DefinitionId& id, const SpecChange& wanted,
                                                   Role as) {
    MIM_TRY(definition, ports_.definitions.get(id));
    MIM_TRY(database, ports_.databases.get(definition.database));
    const DefinitionRules rules(database.seen_server);
    index::Spec spec = changed_spec(definition.spec, wanted);
    std::vector<FieldError> bad;
    rules.check_spec(bad, spec);
    if (!bad.empty()) return Error{std::move(bad)};
    MIM_CHECK(check_change(definition, as, "changing a definition"));
    MIM_TRY(others, ports_.definitions.all_of(definition.database, std::vector{definition.collection}));
    std::erase_if(others, [&id](const Definition& other) { return other.id == id; });
    Change<Definition> change{definition, std::move(definition)};
    replace_spec(change.after, std::move(spec), ports_.clock.now());
    MIM_CHECK(rules.check_company(change.after, others));
    MIM_CHECK(check_identity(change.after, others));
    const Done changed = ports_.definitions.change(
        {.removals = {}, .updates = {change.after}, .creations = {}, .expected = {change.before}});
    if (!changed) return told_which(changed.error(), change.after);
    return change;
}

Error Definitions::told_which(const Error& refused, const Definition& wanted) {
    if (refused.code != ErrorCode::already_exists) return refused;
    auto others = ports_.definitions.all_of(wanted.database, std::vector{wanted.collection});
    if (!others) return refused;
    std::erase_if(*others, [&wanted](const Definition& other) { return other.id == wanted.id; });
    return naming_the_other(refused, wanted, *others);
}

Result<std::optional<Definition>> Definitions::remove(const DefinitionId& id, Role as) {
    return until_not_outrun([&] { return try_remove(id, as); });
}

// not_allowed_in_state: somebody else changed or removed it since it was read. Of several removals at once
// one is told, with what it removed.
Result<std::optional<Definition>> Definitions::try_remove(const DefinitionId& id, Role as) {
    auto stored = ports_.definitions.get(id);
    if (!stored && stored.error().code == ErrorCode::not_found) return std::optional<Definition>();
    if (!stored) return stored.error();
    MIM_CHECK(check_change(*stored, as, "removing a definition"));
    const Done removed =
        ports_.definitions.change({.removals = {id}, .updates = {}, .creations = {}, .expected = {*stored}});
    // Its database went away meanwhile, and the definition with it.
    if (!removed && removed.error().code == ErrorCode::not_found) return std::optional<Definition>();
    if (!removed) return removed.error();
    return std::optional(std::move(*stored));
}

// A sync drops what the registry no longer wants, whoever submits it.
Done Definitions::check_change(const Definition& definition, Role as, std::string_view what) {
    MIM_TRY(database, ports_.databases.get(definition.database));
    return check_removal(database, as, what);
}

Result<Page<Definition>> Definitions::list(const DatabaseId& database, const std::string& collection,
                                           const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_CHECK(ports_.databases.get(database));
    return ports_.definitions.list(database, collection, wanted);
}

}  // namespace mim::app
