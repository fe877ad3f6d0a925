#include "bson/builder.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/index_option.hpp"
#include "index/definition/key_pattern.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/legacy_form.hpp"
#include "index/definition/stored_form.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

constexpr std::size_t max_declared_bytes = 2048;

// The text fields in the place of `_fts`, from the weights; none when that key would be refused, as 32 fields
// are the limit and a weighted field may also be a plain one. Then the stored form stays, which the server
// takes as well, but for an index that expires documents: one field stands for all of them in its key.
std::optional<bson::Document> declared_text_key(const Spec& listed) {
    const auto weights = listed.options.find("weights");
    const auto fields = weights ? weights->document() : std::nullopt;
    if (!in_stored_text_form(listed.key) || !fields || fields->empty()) return std::nullopt;
    const bool expires = listed.options.contains("expireAfterSeconds");
    bson::Builder builder;
    for (const auto field : listed.key) {
        if (field.key() == "_ftsx") continue;
        if (field.key() != "_fts") {
            if (fields->contains(field.key())) return std::nullopt;
            builder.add(field.key(), field);
            continue;
        }
        for (const auto weight : *fields) {
            builder.add(weight.key(), "text");
            if (expires) break;
        }
    }
    auto key = builder.take();
    if (key.size() > max_key_fields || key.bytes().size() > max_declared_bytes) return std::nullopt;
    return key;
}

// Weights of 1 are what the key says already, of the fields that it names.
void add_declared_weights(bson::DocumentView weights, bson::DocumentView key, bson::Builder& options) {
    bson::Builder kept;
    for (const auto weight : weights) {
        if (weight.integer() != 1 || !key.contains(weight.key())) kept.add(weight.key(), weight);
    }
    const auto document = kept.take();
    if (!document.empty()) options.add("weights", document);
}

// Whether the server would write it so anyway.
bool is_usual(const IndexOption& option, const bson::ValueView& value, KeyType type) {
    if (option.filled_in_for && option.filled_in_for != type) return false;
    if (option.usual_number) return value.integer() == option.usual_number;
    return !option.usual_text.empty() && value.string() == option.usual_text;
}

bool says_nothing(const bson::ValueView& value, KeyType type) {
    const IndexOption* const option = find_index_option(value.key());
    if (option == nullptr) return is_legacy_option(value.key());
    // Of MongoDB's versions only the first means something else; those of other servers nobody can ask for.
    if (value.key() == "v") return value.integer() != 1;
    if (option->compared == Compared::disregarded) return true;
    if (is_flag(option->kind) && !value.truthy()) return true;
    return is_usual(*option, value, type);
}

// Without the members that a server would fill in the same way; with all of them where nobody knows which.
bson::Document shortened(bson::DocumentView listed, const Collation& collation) {
    const auto whole = bson::without(collation_document(collation), {"version"});
    const auto defaults = is_of_another_icu(listed) ? std::nullopt : collation_defaults(collation.locale);
    if (!defaults) return whole;
    const auto usual = collation_document(*defaults);
    bson::Builder builder;
    for (const auto value : whole) {
        if (value.key() == "locale" || !bson::identical(value, *usual.find(value.key())))
            builder.add(value.key(), value);
    }
    return builder.take();
}

void add_collation(const bson::ValueView& value, bson::Builder& options) {
    const auto listed = value.document();
    const auto collation = listed ? written_collation(*listed) : std::nullopt;
    if (collation) {
        options.add("collation", shortened(*listed, *collation));
    } else {
        options.add("collation", value);
    }
}

// `sparse: 1`, as older servers list what they were given. It is not 0, or it would say nothing.
bool is_number_for_true(const bson::ValueView& value) {
    const IndexOption* const option = find_index_option(value.key());
    return option != nullptr && option->kind == OptionKind::flag && value.is_number();
}

bool is_filled_in(const bson::ValueView& sphere_version, ServerVersion server) {
    constexpr std::int32_t filled_in_since_8_3 = 4;
    return server >= version_8_3 && sphere_version.integer() == filled_in_since_8_3;
}

}  // namespace

Spec user_form(const Spec& listed) {
    const auto type = key_type(listed.key);
    const auto text_key = type == KeyType::text ? declared_text_key(listed) : std::nullopt;
    bson::Builder options;
    for (const auto value : listed.options) {
        if (says_nothing(value, type)) continue;
        if (value.key() == "collation") {
            add_collation(value, options);
        } else if (value.key() == "weights" && text_key) {
            add_declared_weights(*value.document(), *text_key, options);
        } else if (is_number_for_true(value)) {
            options.add(value.key(), true);
        } else {
            options.add(value.key(), value);
        }
    }
    bson::Document key = text_key ? *text_key : modern_key(listed.key).value_or(listed.key);
    return {listed.name, std::move(key), options.take()};
}

Spec user_form(const Spec& listed, const RuleContext& context) {
    Spec user = user_form(listed);
    const auto sphere = user.options.find("2dsphereIndexVersion");
    if (sphere && is_filled_in(*sphere, context.version))
        user.options = bson::without(user.options, {"2dsphereIndexVersion"});
    // What `v` told of an absent collation goes with it, so that it must be said in words.
    if (user.options.contains("v")) return user;
    const auto inherited = context.collection.default_collation();
    const auto meant = collation_text(effective_collation(listed, context));
    const auto by_default = collation_text(inherited ? written_collation(*inherited) : std::nullopt);
    if (meant == by_default) {
        user.options = bson::without(user.options, {"collation"});
    } else if (meant.empty()) {
        const auto simple = bson::Builder().add("locale", "simple").take();
        user.options = bson::Builder()
                           .add_all(bson::without(user.options, {"collation"}))
                           .add("collation", simple)
                           .take();
    }
    return user;
}

}  // namespace mim::index
