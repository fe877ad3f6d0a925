#include "app/definition_identity.hpp"

#include "bson/builder.hpp"
#include "index/canonical/canonical.hpp"

namespace mim::app {
namespace {

// Version 2 is what every server builds by itself. Said aloud it would look like a listing, where no
// collation means the simple one, while a definition without one inherits the collection's.
void leave_out_default_version(index::Spec& spec) {
    const auto version = spec.options.find("v");
    if (version && version->integer() == 2) spec.options = bson::without(spec.options, {"v"});
}

void derive(Definition& definition) {
    index::Spec& spec = definition.spec;
    leave_out_default_version(spec);
    if (spec.name.empty()) spec.name = index::default_name(spec.key);
    definition.signature = index::canonicalise(spec, registry_rules()).signature;
}

}  // namespace

index::RuleContext registry_rules() {
    return {.version = version_of_identity, .collection = {}};
}

Definition make_definition(const DatabaseId& database, std::string collection, index::Spec spec,
                           Timestamp now) {
    Definition definition{.database = database};
    definition.created_at = definition.updated_at = now;
    definition.collection = std::move(collection);
    definition.spec = std::move(spec);
    derive(definition);
    return definition;
}

void replace_spec(Definition& definition, index::Spec spec, Timestamp now) {
    definition.spec = std::move(spec);
    definition.updated_at = now;
    derive(definition);
}

}  // namespace mim::app
