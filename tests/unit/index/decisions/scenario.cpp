#include "scenario.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/rules.hpp"
#include "source_folder.hpp"

namespace mim::index::testing {
namespace {

std::string text_in(bson::DocumentView document, std::string_view key, std::string_view fallback) {
    const auto value = document.find(key);
    return std::string(value ? value->string().value() : fallback);
}

bson::Document document_in(bson::DocumentView document, std::string_view key) {
    const auto value = document.find(key);
    return value ? bson::Document(value->document().value()) : bson::Document();
}

std::vector<std::string> texts_in(bson::DocumentView document, std::string_view key) {
    std::vector<std::string> texts;
    for (const auto value : document_in(document, key)) texts.emplace_back(value.string().value());
    return texts;
}

// The position of the chosen word: enumerations are declared in the order of their words.
template <class Choice>
Choice choice_in(bson::DocumentView document, std::string_view key, const std::vector<std::string>& words,
                 Choice fallback) {
    if (!document.contains(key)) return fallback;
    const auto found = std::find(words.begin(), words.end(), text_in(document, key, ""));
    if (found == words.end()) throw std::invalid_argument("unknown choice of " + std::string(key));
    return static_cast<Choice>(found - words.begin());
}

PlanOptions plan_options(bson::DocumentView options, ServerVersion version) {
    PlanOptions plan;
    plan.missing = choice_in(options, "missing", {"leave", "create", "remove"}, plan.missing);
    plan.extra = choice_in(options, "extra", {"leave", "drop", "import", "drop_all"}, plan.extra);
    plan.changed = choice_in(options, "changed", {"leave", "alter", "take", "alter_all"}, plan.changed);
    plan.drop_mode = choice_in(options, "drop_mode", {"drop", "hide"}, plan.drop_mode);
    plan.version = version;
    plan.database_name = scenario_database;
    return plan;
}

// A collection kind that the rules would judge the spec by; listings of odd old catalogs are taken as
// written.
LiveIndex live_index(const bson::ValueView& written, const RuleContext& context) {
    const Spec spec = Spec::from_document(written.document().value());
    const bool as_listed = spec.options.contains("v") || check(spec, context).has_value();
    return {as_listed ? spec : stored_form(spec, context)};
}

void read_state(LiveIndex& index, bson::DocumentView collection) {
    const auto building = texts_in(collection, "building");
    if (std::find(building.begin(), building.end(), index.spec.name) != building.end()) {
        index.state = LiveIndex::State::building;
    }
    const bson::Document all = document_in(collection, "usage");
    const auto usage = all.find(index.spec.name);
    if (!usage) return;
    const bson::DocumentView figures = usage->document().value();
    index.usage = Usage{figures.find("operations")->integer().value(),
                        parse_rfc3339(text_in(figures, "since", "")).value(),
                        static_cast<int>(figures.find("members")->integer().value())};
    if (const auto silent = figures.find("silent")) {
        index.usage->silent = static_cast<int>(silent->integer().value());
    }
}

void add_fillers(WorldCollection& collection, bson::DocumentView written) {
    const auto count = written.find("filler");
    for (std::int64_t at = 0; count && at < count->integer().value(); ++at) {
        const std::string number = (at < 10 ? "0" : "") + std::to_string(at);
        const Spec spec = spec_of(R"({"v": 2, "key": {"f)" + number + R"(": 1}, "name": ")" +
                                  std::string(filler_prefix) + number + R"("})");
        collection.desired.push_back({DefinitionId::generate(), spec});
        collection.live.push_back({spec});
    }
}

WorldCollection read_collection(bson::DocumentView written, ServerVersion version) {
    WorldCollection collection;
    collection.name = text_in(written, "name", "orders");
    collection.traits.kind =
        choice_in(written, "kind", {"missing", "ordinary", "view", "time_series"}, CollectionKind::ordinary);
    collection.traits.options = document_in(written, "options");
    if (written.contains("shard_key")) collection.traits.shard_key = document_in(written, "shard_key");
    if (collection.traits.kind == CollectionKind::ordinary && !collection.traits.clustered()) {
        collection.live.push_back(id_index());
    }
    for (const auto spec : document_in(written, "desired")) {
        collection.desired.push_back(
            {DefinitionId::generate(), Spec::from_document(spec.document().value())});
    }
    for (const auto spec : document_in(written, "live")) {
        collection.live.push_back(live_index(spec, {version, collection.traits}));
        read_state(collection.live.back(), written);
    }
    add_fillers(collection, written);
    return collection;
}

Scenario scenario_from(const bson::Document& file) {
    Scenario scenario;
    scenario.file = file;
    scenario.title = text_in(file, "title", "");
    const ServerVersion version = ServerVersion::parse(text_in(file, "version", "7.0")).value();
    scenario.world = World(version);
    scenario.compare = {version, choice_in(file, "names", {"identity", "strict"}, NamePolicy::identity),
                        parse_rfc3339(text_in(file, "unused_before", ""))};
    scenario.plan = plan_options(document_in(file, "options"), version);
    scenario.refused = texts_in(file, "refused");
    scenario.left = texts_in(file, "left");
    for (const auto collection : document_in(file, "collections")) {
        scenario.world.collections().push_back(read_collection(collection.document().value(), version));
    }
    return scenario;
}

}  // namespace

Scenario read_scenario(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const auto file = bson::parse_json(text.str());
    if (!file) throw std::invalid_argument(path.string() + ": " + file.error().message);
    return scenario_from(*file);
}

std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = tests::source_folder() / "tests/golden/scenarios";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace mim::index::testing
