#include <algorithm>
#include <array>

#include "index/definition/index_option.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

bool is_known(std::string_view field, ServerVersion version) {
    if (field == "key" || field == "name") return true;
    const IndexOption* const option = find_index_option(field);
    return option != nullptr && version >= option->since;
}

Verdict check_field_names(bson::DocumentView document, ServerVersion version) {
    std::vector<std::string_view> seen;
    for (const auto value : document) {
        const auto name = value.key();
        if (!is_known(name, version)) {
            return refuse(server_code::invalid_index_specification_option, std::string(name),
                          in_quotes(name) + " is not an index option of MongoDB " + version.text() +
                              ": check the spelling, or leave it out.");
        }
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            return refuse(server_code::duplicate_field, std::string(name),
                          in_quotes(name) + " is given twice: keep one of the two.");
        }
        seen.push_back(name);
    }
    return std::nullopt;
}

// The order decides which code answers when several rules are broken; it follows the server's validation.
using Rule = Verdict (*)(const Candidate&);
constexpr std::array<Rule, 17> rules{check_option_types, check_encrypted,      check_key,
                                     check_name,         check_options,        check_clustered,
                                     check_id_index,     check_wildcard,       check_hashed,
                                     check_geo,          check_text,           check_wildcard_projection,
                                     check_ttl,          check_partial_filter, check_collation,
                                     check_time_series,  check_sharding};

}  // namespace

bool Candidate::turned_on(std::string_view name) const {
    const auto value = option(name);
    return value && value->truthy();
}

bool Candidate::is_id_index() const {
    if (context.collection.kind == CollectionKind::time_series) return false;
    return Spec{{}, bson::Document(key), {}}.is_id_index();
}

Verdict check_fields(bson::DocumentView document, const RuleContext& context) {
    if (auto verdict = check_field_names(document, context.version)) return verdict;
    const auto key = document.find("key"), name = document.find("name");
    if (key && key->type() != bson::Type::document) return wrong_type("key", "an object", *key);
    if (!key) {
        return refuse(server_code::failed_to_parse, "key",
                      "'key' is required: give the fields to index, such as {a: 1}.");
    }
    if (name && !name->string()) return wrong_type("name", "a string", *name);
    if (!name)
        return refuse(server_code::failed_to_parse, "name", "'name' is required: give the index a name.");
    return std::nullopt;
}

std::optional<Rejection> check_document(bson::DocumentView spec, const RuleContext& context) {
    if (auto verdict = check_fields(spec, context)) return verdict;
    const auto key = *spec.find("key")->document();
    const Candidate candidate{spec, key, key_type(key), context};
    for (const auto rule : rules) {
        if (auto verdict = rule(candidate)) return verdict;
    }
    if (context.collection.kind == CollectionKind::view) {
        return refuse(server_code::command_not_supported_on_view, "",
                      "A view cannot have indexes: create the index on the collection that the view reads.");
    }
    return std::nullopt;
}

std::optional<Rejection> check(const Spec& spec, const RuleContext& context) {
    const auto document = spec.to_document();
    return check_document(document, context);
}

}  // namespace mim::index
