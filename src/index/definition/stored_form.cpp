#include "index/definition/stored_form.hpp"

#include <cmath>
#include <limits>

#include "bson/builder.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

constexpr std::int32_t usual_index_version = 2;
constexpr std::int32_t usual_sphere_version = 3;
constexpr std::int32_t never_expires = std::numeric_limits<std::int32_t>::max();

bool is_removed_flag(std::string_view option) {
    return option == "unique" || option == "hidden" || option == "prepareUnique" || option == "clustered";
}
bool is_kept_flag(std::string_view option) {
    return option == "sparse" || option == "background";
}
bool is_int32_option(std::string_view option) {
    return option == "textIndexVersion" || option == "2dsphereIndexVersion" || option == "bits" ||
           option == "coarsestIndexedLevel" || option == "finestIndexedLevel";
}
bool is_double_option(std::string_view option) {
    return option == "min" || option == "max" || option == "bucketSize";
}

class StoredOptions {
  public:
    StoredOptions(const Spec& spec, const RuleContext& context)
        : spec_(spec), context_(context), type_(key_type(spec.key)) {}

    bson::Document build() {
        const auto version = spec_.options.find("v");
        const auto number = version ? version->integer().value_or(usual_index_version) : usual_index_version;
        builder_.add("v", static_cast<std::int32_t>(number));
        for (const auto value : spec_.options) add(value);
        if (!spec_.options.contains("collation")) add_collation();
        if (type_ == KeyType::text) add_text_defaults();
        if (type_ == KeyType::sphere_2d && !spec_.options.contains("2dsphereIndexVersion")) {
            builder_.add("2dsphereIndexVersion", usual_sphere_version);
        }
        return builder_.take();
    }

  private:
    // Replies are typed since 5.0, and listed so whatever type was written.
    bool typed() const { return context_.version >= version_5_0; }

    void add(const bson::ValueView& value) {
        const auto name = value.key();
        if (name == "v" || name == "dropDups" || (name == "ns" && context_.version >= version_4_4)) return;
        if (name == "collation") return add_collation();
        if (type_ == KeyType::text && name == "weights") return add_weights();
        if (is_removed_flag(name)) {
            if (value.truthy()) builder_.add(name, true);
        } else if (typed() && is_kept_flag(name)) {
            builder_.add(name, value.truthy());
        } else if (typed() && name == "expireAfterSeconds") {
            add_seconds(value);
        } else if (typed() && is_int32_option(name)) {
            builder_.add(name, static_cast<std::int32_t>(value.number().value_or(0)));
        } else if (typed() && is_double_option(name)) {
            builder_.add(name, value.number().value_or(0));
        } else {
            builder_.add(name, value);
        }
    }

    // A fraction stays: the server compares by it, though it lists whole seconds.
    void add_seconds(const bson::ValueView& value) {
        const double seconds = value.number().value_or(0);
        if (!(seconds <= never_expires)) {
            builder_.add("expireAfterSeconds", never_expires);
        } else if (std::trunc(seconds) == seconds) {
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

    void add_text_defaults() {
        if (!spec_.options.contains("weights")) add_weights();
        if (!spec_.options.contains("default_language")) builder_.add("default_language", usual_language);
        if (!spec_.options.contains("language_override"))
            builder_.add("language_override", usual_language_override);
        if (!spec_.options.contains("textIndexVersion")) builder_.add("textIndexVersion", usual_text_version);
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
