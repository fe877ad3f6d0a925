#include "bson/builder.hpp"
#include "index/definition/key_type.hpp"
#include "index/rules/modification.hpp"

namespace mim::index {
namespace {

bool turned_on(const Spec& spec, std::string_view option) {
    const auto value = spec.options.find(option);
    return value && value->truthy();
}

void set_flag(Spec& spec, std::string_view option, std::optional<bool> value) {
    bson::Builder options;
    options.add_all(bson::without(spec.options, {option}));
    if (value && *value) options.add(option, true);
    spec.options = options.take();
}

class Application {
  public:
    Application(const RuleContext& context, Spec& spec) : context_(context), spec_(spec) {}

    Verdict set_seconds(std::int64_t seconds) {
        const auto before = spec_.options.find("expireAfterSeconds");
        if (!before) {
            if (auto verdict = check_can_expire()) return verdict;
        } else {
            tell_seconds("expireAfterSeconds_old", static_cast<std::int64_t>(before->number().value_or(0)));
        }
        tell_seconds("expireAfterSeconds_new", seconds);
        changes_more_ = true;
        bson::Builder options;
        options.add_all(bson::without(spec_.options, {"expireAfterSeconds"}));
        options.add("expireAfterSeconds", static_cast<std::int32_t>(seconds));
        spec_.options = options.take();
        return std::nullopt;
    }

    Verdict set_hidden(bool hidden) {
        if (is_id_index()) {
            return refuse(server_code::bad_value, "hidden", "The _id index cannot be hidden.");
        }
        if (turned_on(spec_, "hidden") == hidden) return std::nullopt;
        changes_more_ = true;
        reply_.add("hidden_old", !hidden).add("hidden_new", hidden);
        set_flag(spec_, "hidden", hidden);
        return std::nullopt;
    }

    Verdict set_prepared(bool prepared) {
        if (turned_on(spec_, "unique") || is_id_index())
            return std::nullopt;  // unique already: nothing to prepare
        if (turned_on(spec_, "prepareUnique") == prepared) return std::nullopt;
        if (changes_more_) {
            return invalid_options("prepareUnique",
                                   "'prepareUnique' is changed by itself: send the other changes before it.");
        }
        if (prepared) {
            if (auto verdict = check_unique_in_shards(spec_, context_)) return verdict;
        }
        reply_.add("prepareUnique_old", !prepared).add("prepareUnique_new", prepared);
        set_flag(spec_, "prepareUnique", prepared);
        return std::nullopt;
    }

    Verdict make_unique() {
        if (turned_on(spec_, "unique") || is_id_index()) return std::nullopt;
        if (!turned_on(spec_, "prepareUnique")) {
            return invalid_options(
                "unique", "An index becomes unique only after 'prepareUnique: true': set that first.");
        }
        if (auto verdict = check_unique_in_shards(spec_, context_)) return verdict;
        set_flag(spec_, "prepareUnique", std::nullopt);
        set_flag(spec_, "unique", true);
        reply_.add("unique_new", true);
        return std::nullopt;
    }

    bson::Document reply() { return reply_.take(); }

  private:
    // MongoDB 5.0 tells them in the type in which it holds them.
    void tell_seconds(std::string_view field, std::int64_t seconds) {
        if (context_.version >= version_5_1) {
            reply_.add(field, seconds);
        } else {
            reply_.add(field, static_cast<std::int32_t>(seconds));
        }
    }

    bool is_id_index() const {
        return context_.collection.kind != CollectionKind::time_series && spec_.is_id_index();
    }

    Verdict check_can_expire() const {
        constexpr auto field = "expireAfterSeconds";
        if (is_id_index())
            return invalid_options(field, "The _id index cannot expire documents: index the date field.");
        if (spec_.key.size() > 1)
            return invalid_options(
                field, "Only an index on one field can expire documents: index the date field alone.");
        if (key_type(spec_.key) == KeyType::wildcard)
            return invalid_options(field, "A wildcard index cannot expire documents: index the date field.");
        if (context_.version >= version_5_1) return std::nullopt;
        return invalid_options(
            field, "Before MongoDB 5.1 only a TTL index takes 'expireAfterSeconds': build the index again.");
    }

    const RuleContext& context_;
    Spec& spec_;
    bool changes_more_ = false;  // than prepareUnique and unique
    bson::Builder reply_;
};

}  // namespace

Verdict apply_modification(const Modification& wanted, const RuleContext& context, Spec& spec,
                           bson::Document& reply) {
    Spec after = spec;
    Application application(context, after);
    if (wanted.seconds) {
        if (auto verdict = application.set_seconds(*wanted.seconds)) return verdict;
    }
    if (wanted.hidden) {
        if (auto verdict = application.set_hidden(*wanted.hidden)) return verdict;
    }
    if (wanted.prepare_unique) {
        if (auto verdict = application.set_prepared(*wanted.prepare_unique)) return verdict;
    }
    if (wanted.unique) {
        if (auto verdict = application.make_unique()) return verdict;
    }
    reply = application.reply();
    spec = std::move(after);
    return std::nullopt;
}

}  // namespace mim::index
