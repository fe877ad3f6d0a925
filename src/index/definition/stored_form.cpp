#include "index/definition/stored_form.hpp"

#include <cmath>
#include <limits>

#include "bson/builder.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/index_option.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

constexpr std::int32_t never_expires = std::numeric_limits<std::int32_t>::max();

class StoredOptions {
  public:
    StoredOptions(const Spec& spec, const RuleContext& context)
        : spec_(spec), context_(context), type_(key_type(spec.key)) {}

    bson::Document build() {
        const std::int32_t usual_version = *find_index_option("v")->usual_number;
        const auto version = spec_.options.find("v");
        const auto number = version ? version->integer().value_or(usual_version) : usual_version;
        builder_.add("v", static_cast<std::int32_t>(number));
        for (const auto value : spec_.options) add(value);
        if (!spec_.options.contains("collation")) add_collation();
        if (type_ == KeyType::text && !spec_.options.contains("weights")) add_weights();
        add_what_is_filled_in();
        return builder_.take();
    }

  private:
    // Replies are typed since 5.0, and listed so whatever type was written.
    bool typed() const { return context_.version >= version_5_0; }

    void add(const bson::ValueView& value) {
        const auto name = value.key();
        if (name == "v") return;
        const IndexOption* const option = find_index_option(name);
        if (option == nullptr) {
            builder_.add(name, value);
        } else if (!option->left_out_since || context_.version < *option->left_out_since) {
            add(*option, value);
        }
    }

    void add(const IndexOption& option, const bson::ValueView& value) {
        if (option.kind == OptionKind::collation) return add_collation();
        if (option.kind == OptionKind::weights && type_ == KeyType::text) return add_weights();
        if (is_removed_flag(option)) {
            if (value.truthy()) builder_.add(option.name, true);
        } else if (!typed()) {
            builder_.add(option.name, value);
        } else if (option.kind == OptionKind::flag) {
            builder_.add(option.name, value.truthy());
        } else if (option.kind == OptionKind::seconds) {
            add_seconds(value);
        } else if (is_whole(option.kind)) {
            builder_.add(option.name, static_cast<std::int32_t>(value.number().value_or(0)));
        } else if (option.kind == OptionKind::fraction) {
            builder_.add(option.name, value.number().value_or(0));
        } else {
            builder_.add(option.name, value);
        }
    }

    // Of the flags the server stores a false `sparse`, and a false `background`, which nobody compares.
    static bool is_removed_flag(const IndexOption& option) {
        return is_flag(option.kind) && option.name != "sparse" && option.compared == Compared::yes;
    }

    // A fraction stays before 7.3: the server compares by it, though it lists whole seconds. NaN is 0 to 5.0,
    // which lists and deletes so, and repaired by later ones.
    void add_seconds(const bson::ValueView& value) {
        const double seconds = value.number().value_or(0);
        if (std::isnan(seconds) && context_.version < version_5_1) {
            builder_.add("expireAfterSeconds", std::int32_t{0});
        } else if (!(seconds <= never_expires)) {
            builder_.add("expireAfterSeconds", never_expires);
        } else if (std::trunc(seconds) == seconds || context_.version >= version_7_3) {
            builder_.add("expireAfterSeconds", static_cast<std::int32_t>(seconds));
        } else {
            builder_.add("expireAfterSeconds", value);
        }
    }

    void add_collation() {
        const auto collation = effective_collation(spec_, context_);
        if (collation) {
            builder_.add("collation", collation_document(*collation));
        } else if (context_.version >= version_8_3 && spec_.options.contains("collation")) {
            builder_.add("collation", *spec_.options.find("collation"));
        }
    }

    void add_weights() { builder_.add("weights", stored_weights(spec_.key, spec_.options.find("weights"))); }

    void add_what_is_filled_in() {
        for (const IndexOption& option : index_options()) {
            if (option.filled_in_for != type_ || spec_.options.contains(option.name)) continue;
            if (option.usual_number) {
                builder_.add(option.name, *option.usual_number);
            } else {
                builder_.add(option.name, option.usual_text);
            }
        }
    }

    const Spec& spec_;
    const RuleContext& context_;
    KeyType type_;
    bson::Builder builder_;
};

}  // namespace

Spec stored_form(const Spec& spec, const RuleContext& context) {
    Spec stored{spec.name, spec.key, StoredOptions(spec, context).build()};
    if (key_type(spec.key) == KeyType::text) stored.key = stored_text_key(spec.key);
    const bool id_index = context.collection.kind != CollectionKind::time_series && spec.is_id_index();
    if (id_index) {
        stored.name = "_id_";
        stored.key = bson::Builder().add("_id", std::int32_t{1}).take();
    }
    return stored;
}

Spec listed_form(const Spec& stored, const RuleContext& context) {
    const auto seconds = stored.options.find("expireAfterSeconds");
    const auto number = seconds ? seconds->number() : std::nullopt;
    if (!number || seconds->type() == bson::Type::int32 || context.version < version_5_0) return stored;
    bson::Builder options;
    for (const auto value : stored.options) {
        if (value.key() == "expireAfterSeconds") {
            options.add(value.key(), static_cast<std::int32_t>(*number));
        } else {
            options.add(value.key(), value);
        }
    }
    return {stored.name, stored.key, options.take()};
}

}  // namespace mim::index
