#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "index/comparison/coverage.hpp"
#include "index/comparison/notes.hpp"
#include "index/comparison/ownership.hpp"
#include "index/definition/key_type.hpp"

namespace mim::index {
namespace {

struct Examined {
    const LiveIndex* index = nullptr;
    std::vector<std::string_view> fields;
    bool redundant = false;
    [[nodiscard]] const std::string& name() const { return index->spec.name; }
};

using Groups = std::unordered_map<std::string_view, std::vector<Examined>>;

std::vector<std::string_view> field_names(const bson::Document& key) {
    std::vector<std::string_view> names;
    for (const auto field : key) names.push_back(field.key());
    return names;
}

// Only indexes that begin with the same field can cover one another: this keeps the number of proofs small.
Groups group_by_first_field(const LiveCollection& live, const std::set<std::string>& redundant) {
    Groups groups;
    for (const LiveIndex& index : live.indexes) {
        if (index.spec.key.empty() || is_id(index.spec) || is_server_owned(index.spec, live.traits) ||
            key_type(index.spec.key) != KeyType::btree) {
            continue;
        }
        Examined candidate{&index, field_names(index.spec.key), redundant.contains(index.spec.name)};
        groups[candidate.fields.front()].push_back(std::move(candidate));
    }
    return groups;
}

bool starts_with(const std::vector<std::string_view>& longer, const std::vector<std::string_view>& shorter) {
    return shorter.size() <= longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

std::optional<std::string> proof(const Examined& covered, const Examined& by, const RuleContext& context) {
    if (!starts_with(by.fields, covered.fields) || by.index->state != LiveIndex::State::ready)
        return std::nullopt;
    return covered_by(covered.index->spec, by.index->spec, context);
}

// Two mirror images cover each other. Only one may be named, or somebody drops both: the one that no
// definition wants, else the later name.
bool the_other_goes_first(const Examined& covered, const Examined& by, const RuleContext& context) {
    if (covered.fields.size() != by.fields.size() || !proof(by, covered, context)) return false;
    if (covered.redundant != by.redundant) return by.redundant;
    return covered.name() < by.name();
}

std::optional<Note> note_about(const Examined& covered, const std::vector<Examined>& group,
                               const RuleContext& context) {
    std::optional<Note> second_best;
    for (const Examined& by : group) {
        if (&by == &covered || (by.redundant && !covered.redundant)) continue;
        const auto reason = proof(covered, by, context);
        if (!reason || the_other_goes_first(covered, by, context)) continue;
        Note note{note_code::covered, covered.name(), "covered by " + by.name() + ": " + *reason};
        if (!by.redundant) return note;
        if (!second_best) second_best = std::move(note);
    }
    return second_best;
}

}  // namespace

std::vector<Note> covered_notes(const LiveCollection& live, const std::set<std::string>& redundant,
                                const CompareOptions& options) {
    const RuleContext context{options.version, live.traits};
    std::vector<Note> notes;
    Groups groups = group_by_first_field(live, redundant);
    for (auto& [field, group] : groups) {
        if (group.size() < 2) continue;
        std::vector<Examined> sorted = std::move(group);
        std::sort(sorted.begin(), sorted.end(),
                  [](const Examined& left, const Examined& right) { return left.name() < right.name(); });
        for (const Examined& candidate : sorted) {
            if (auto note = note_about(candidate, sorted, context)) notes.push_back(std::move(*note));
        }
    }
    return notes;
}

}  // namespace mim::index
