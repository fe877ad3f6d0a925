// A definition whose collation says every member, for those who would fill in others.
#include "bson/builder.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::index {
namespace {

// Of a definition whose locale has defaults of its own: how its collation is written.
std::optional<bson::DocumentView> collation_with_own_defaults(const Spec& spec) {
    const auto value = spec.options.find("collation");
    const auto written = value ? value->document() : std::nullopt;
    const auto meant = written ? written_collation(*written) : std::nullopt;
    if (!meant || defaults_of_its_own(meant->locale).empty()) return std::nullopt;
    return written;
}

Spec with_collation(const Spec& spec, const Collation& collation) {
    const bson::Document whole = bson::without(collation_document(collation), {"version"});
    bson::Builder options;
    for (const auto value : spec.options) {
        if (value.key() == "collation") {
            options.add("collation", whole);
        } else {
            options.add(value.key(), value);
        }
    }
    return {spec.name, spec.key, options.take()};
}

}  // namespace

Spec sent_form(const Spec& spec) {
    const auto written = collation_with_own_defaults(spec);
    return written ? with_collation(spec, *written_collation(*written)) : spec;
}

Spec with_general_collation(const Spec& spec) {
    const auto written = collation_with_own_defaults(spec);
    if (!written) return spec;
    const auto general = bson::without(collation_document(Collation{}), {"locale", "version"});
    bson::Builder filled_in;
    filled_in.add_all(*written);
    for (const auto member : general) {
        if (!written->contains(member.key())) filled_in.add(member.key(), member);
    }
    const auto whole = filled_in.take();
    return with_collation(spec, *written_collation(whole));
}

}  // namespace mim::index
