// Definitions: JSON → spec → canonical form → signature → JSON, and back to the same.
#include "bson/json.hpp"
#include "fuzz.hpp"
#include "http/definition/definition_json.hpp"
#include "http/ignored_fields.hpp"
#include "http/json_parse.hpp"
#include "index/canonical/canonical.hpp"
#include "index/rules/rules.hpp"

namespace {

using mim::fuzz::must;

std::optional<mim::index::Spec> read(std::string_view text) {
    const auto tree = mim::http::parse_json(text);
    if (!tree || !tree->is_object()) return std::nullopt;
    mim::http::Reading reading;
    mim::http::ObjectReader fields(tree->get_object(), "", reading);
    mim::index::Spec spec = mim::http::read_spec(fields);
    mim::http::ignore(fields, mim::http::ignored_of_changed_index);
    if (!reading.with_unknown_fields().empty()) return std::nullopt;
    return spec;
}

std::string written(const mim::index::Spec& spec, const std::string& signature) {
    std::string text;
    mim::http::JsonWriter json(text);
    json.begin_object();
    mim::http::write_index_fields(json, spec, signature);
    json.end_object();
    return text;
}

void check_round_trip(const mim::index::Spec& spec, const mim::index::RuleContext& context) {
    const mim::index::Canonical before = mim::index::canonicalise(spec, context);
    const std::string text = written(spec, before.signature);
    const auto again = read(text);
    must(again.has_value(), "what is written can be read", text);
    const mim::index::Canonical after = mim::index::canonicalise(*again, context);
    must(after.name == before.name && after.signature == before.signature, "the same index", text);
    must(mim::index::differences(before, after).empty(), "the same options", text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto spec = read(mim::fuzz::text_of(data, size));
    if (!spec) return 0;
    const mim::index::RuleContext context;
    const auto rejection = mim::index::check(*spec, context);
    must(!rejection || !rejection->message.empty(), "a refusal has a reason");
    if (!rejection) check_round_trip(*spec, context);
    static_cast<void>(mim::index::canonicalise(*spec, context));  // never fails, whatever the rules say
    static_cast<void>(mim::index::Spec::from_document(spec->to_document()));
    return 0;
}
