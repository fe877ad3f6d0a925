#include "index/canonical/canonical.hpp"

#include <algorithm>

#include "index/canonical/canonical_options.hpp"
#include "index/canonical/signature.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/legacy_form.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

// A version that the definition leaves open is the server's choice, whatever the server chose.
bool left_to_server(const std::string& option) {
    return is_index_version_option(option);
}

void add_difference(std::vector<OptionDifference>& found, const std::string& option,
                    const CanonicalOption* registry, const CanonicalOption* database) {
    OptionDifference difference{option, std::nullopt, std::nullopt};
    if (registry) difference.registry = registry->value;
    if (database) difference.database = database->value;
    found.push_back(std::move(difference));
}

}  // namespace

Canonical canonicalise(const Spec& spec, const RuleContext& context) {
    Canonical canonical;
    canonical.name = spec.name;
    const auto type = key_type(spec.key);
    if (type == KeyType::text) {
        append_key(canonical.key_text, stored_text_key(spec.key));
    } else if (const auto modern = modern_key(spec.key)) {
        append_key(canonical.key_text, *modern);
    } else {
        append_key(canonical.key_text, spec.key);
    }
    canonical.options = canonical_options(spec, type, context);
    canonical.signature = signature_of(canonical, context.version);
    return canonical;
}

std::vector<OptionDifference> differences(const Canonical& registry, const Canonical& database) {
    std::vector<OptionDifference> found;
    auto wanted = registry.options.begin();
    auto actual = database.options.begin();
    while (wanted != registry.options.end() || actual != database.options.end()) {
        const bool only_actual = wanted == registry.options.end() ||
                                 (actual != database.options.end() && actual->first < wanted->first);
        const bool only_wanted =
            !only_actual && (actual == database.options.end() || wanted->first < actual->first);
        if (only_actual) {
            if (!left_to_server(actual->first))
                add_difference(found, actual->first, nullptr, &actual->second);
            ++actual;
        } else if (only_wanted) {
            add_difference(found, wanted->first, &wanted->second, nullptr);
            ++wanted;
        } else {
            if (wanted->second.text != actual->second.text)
                add_difference(found, wanted->first, &wanted->second, &actual->second);
            ++wanted;
            ++actual;
        }
    }
    if (registry.key_text == database.key_text) return found;
    OptionDifference key{"key", bson::Value::string(registry.key_text),
                         bson::Value::string(database.key_text)};
    const auto place =
        std::find_if(found.begin(), found.end(), [](const auto& other) { return other.option > "key"; });
    found.insert(place, std::move(key));
    return found;
}

}  // namespace mim::index
