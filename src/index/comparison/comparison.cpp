#include "index/comparison/comparison.hpp"

#include <algorithm>
#include <tuple>

#include "index/comparison/manageable.hpp"
#include "index/comparison/notes.hpp"
#include "index/comparison/ownership.hpp"
#include "index/comparison/pairing.hpp"
#include "index/comparison/possibility.hpp"
#include "index/comparison/renaming.hpp"
#include "index/comparison/shard_key_keeper.hpp"
#include "index/comparison/ttl_finding.hpp"
#include "index/rules/in_place.hpp"

namespace mim::index {
namespace {

template <class Entry>
void sort_entries(std::vector<Entry>& entries) {
    std::sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
        return std::tie(left.canonical.name, left.canonical.signature) <
               std::tie(right.canonical.name, right.canonical.signature);
    });
}

class Comparer {
  public:
    Comparer(const std::vector<Desired>& desired, const LiveCollection& live, const CompareOptions& options)
        : live_collection_(live), options_(options), context_{options.version, live.traits} {
        desired_.reserve(desired.size());
        live_.reserve(live.indexes.size());
        for (const Desired& one : desired) {
            if (!is_id(one.spec)) desired_.push_back({&one, canonicalise(one.spec, context_)});
        }
        for (const LiveIndex& index : live.indexes) {
            if (!is_id(index.spec) || is_server_owned(index.spec, live.traits)) {
                live_.push_back({&index, canonicalise(index.spec, context_)});
            }
        }
        sort_entries(desired_);
        sort_entries(live_);
    }

    CollectionComparison run() {
        result_.collection = live_collection_.name;
        result_.traits = live_collection_.traits;
        pairing_ = pair_up(desired_, live_);
        judge_pairs();
        judge_unclaimed();
        result_.matched.reserve(desired_.size());
        const auto renaming = renamings(desired_, live_, pairing_, builds_, options_.names);
        for (std::size_t at = 0; at < desired_.size(); ++at) file(at, renaming[at]);
        for (std::size_t at = 0; at < live_.size(); ++at) file_unclaimed(at);
        result_.shard_key_index = shard_key_keeper(result_, live_collection_);
        add_notes();
        result_.unreadable = live_collection_.unreadable_indexes;
        result_.live_count = live_collection_.index_count();
        return std::move(result_);
    }

  private:
    struct Judgement {
        std::vector<OptionDifference> differences;
        Resolution resolution = Resolution::recreate;
    };

    void judge_pairs() {
        judgements_.resize(desired_.size());
        builds_.resize(desired_.size(), 0);
        for (std::size_t at = 0; at < desired_.size(); ++at) {
            if (const auto partner = pairing_.partner[at]) {
                judgements_[at] = judge(desired_[at], live_[*partner]);
                builds_[at] = !judgements_[at].differences.empty() &&
                              judgements_[at].resolution == Resolution::recreate;
            } else {
                builds_[at] = 1;
            }
        }
    }

    void judge_unclaimed() {
        unmanageable_.resize(live_.size());
        std::set<std::string_view> names, signatures;
        for (const DesiredEntry& one : desired_) {
            names.insert(one.canonical.name);
            signatures.insert(one.canonical.signature);
        }
        for (std::size_t at = 0; at < live_.size(); ++at) {
            if (pairing_.claimed[at] || is_server_owned(live_[at].live->spec, live_collection_.traits))
                continue;
            unmanageable_[at] = why_unmanageable(*live_[at].live, context_);
            if (unmanageable_[at]) continue;
            if (names.contains(live_[at].canonical.name)) {
                unmanageable_[at] = Unmanageable{"the definition of this name has another index"};
            } else if (signatures.contains(live_[at].canonical.signature)) {
                unmanageable_[at] = Unmanageable{"the definition of this index has another one like it"};
            }
        }
    }

    Judgement judge(const DesiredEntry& desired, const LiveEntry& live) const {
        Judgement judgement{differences(desired.canonical, live.canonical), Resolution::recreate};
        if (judgement.differences.empty()) return judgement;
        Spec wanted = desired.desired->spec;
        wanted.name = live.live->spec.name;  // collMod addresses the live index, whatever it is called
        if (in_place_changes(live.live->spec, wanted, context_)) judgement.resolution = Resolution::modify;
        return judgement;
    }

    void file(std::size_t at, Renaming renaming) {
        DesiredEntry& desired = desired_[at];
        if (!pairing_.partner[at]) {
            result_.missing.push_back({*desired.desired, std::move(desired.canonical)});
            return;
        }
        LiveEntry& live = live_[*pairing_.partner[at]];
        note_other_name(at, renaming);
        Judgement& judgement = judgements_[at];
        if (renaming != Renaming::keep) add_name_difference(desired, live, judgement);
        if (judgement.differences.empty()) {
            result_.matched.push_back({*desired.desired, *live.live, std::move(desired.canonical)});
        } else {
            result_.changed.push_back({*desired.desired, *live.live, std::move(desired.canonical),
                                       std::move(live.canonical), std::move(judgement.differences),
                                       judgement.resolution, unmanageable_when_rebuilt(live, judgement)});
        }
    }

    // What is changed in place stays there, whatever the rules say.
    std::optional<Unmanageable> unmanageable_when_rebuilt(const LiveEntry& live, const Judgement& judgement) {
        if (judgement.resolution == Resolution::modify) return std::nullopt;
        auto why = why_not_built_again(live.live->spec, context_);
        if (!why) return std::nullopt;
        Unmanageable unmanageable{std::move(*why), Unmanageable::Rebuild::impossible};
        note_unmanageable(live, unmanageable);
        return unmanageable;
    }

    void note_unmanageable(const LiveEntry& live, const Unmanageable& unmanageable) {
        result_.notes.push_back(
            {note_code::unmanageable, live.live->spec.name,
             text_of(unmanageable) + "; it is left alone unless drop_unmanageable is set"});
    }

    static void add_name_difference(const DesiredEntry& desired, const LiveEntry& live,
                                    Judgement& judgement) {
        const OptionDifference name{"name", bson::Value::string(desired.canonical.name),
                                    bson::Value::string(live.canonical.name)};
        auto& all = judgement.differences;
        const auto place = std::lower_bound(all.begin(), all.end(), name,
                                            [](const OptionDifference& left, const OptionDifference& right) {
                                                return left.option < right.option;
                                            });
        all.insert(place, name);
        judgement.resolution = Resolution::recreate;
    }

    void note_other_name(std::size_t at, Renaming renaming) {
        const std::string& here = desired_[at].canonical.name;
        const std::string& there = live_[*pairing_.partner[at]].canonical.name;
        if (here == there) return;
        std::string text = "the definition " + here + " is this index under another name";
        if (renaming == Renaming::keep && !builds_[at]) text += "; renaming it would mean building it again";
        if (renaming == Renaming::needed)
            text += "; it must be built again, since another definition needs its name";
        result_.notes.push_back({note_code::renamed, there, text});
    }

    void file_unclaimed(std::size_t at) {
        if (pairing_.claimed[at]) return;
        if (is_server_owned(live_[at].live->spec, live_collection_.traits)) {
            result_.server_owned.push_back(*live_[at].live);
            return;
        }
        if (unmanageable_[at]) note_unmanageable(live_[at], *unmanageable_[at]);
        redundant_names_.insert(live_[at].canonical.name);
        result_.redundant.push_back(
            {*live_[at].live, std::move(live_[at].canonical), std::move(unmanageable_[at])});
    }

    void add_notes() {
        auto& notes = result_.notes;
        const auto append = [&notes](std::vector<Note> more) {
            std::move(more.begin(), more.end(), std::back_inserter(notes));
        };
        append(collection_notes(live_collection_));
        append(unreadable_notes(live_collection_));
        for (const LiveEntry& entry : live_) append(index_notes(*entry.live, live_collection_, options_));
        add_ttl_findings();
        append(possibility_notes(result_, context_, options_.rules_before));
        append(covered_notes(live_collection_, redundant_names_, options_));
        note_shard_key();
        std::sort(notes.begin(), notes.end(), [](const Note& left, const Note& right) {
            return std::tie(left.index, left.code, left.text) < std::tie(right.index, right.code, right.text);
        });
    }

    void add_ttl_findings() {
        std::vector<const Spec*> wanted(live_.size());
        for (std::size_t at = 0; at < desired_.size(); ++at) {
            if (pairing_.partner[at]) wanted[*pairing_.partner[at]] = &desired_[at].desired->spec;
        }
        for (std::size_t at = 0; at < live_.size(); ++at) {
            if (auto note = ttl_finding(live_[at].live->spec, wanted[at], options_.program()))
                result_.notes.push_back(std::move(*note));
        }
    }

    // What has to stay is neither too much nor idle, whatever the queries say.
    void note_shard_key() {
        if (!result_.shard_key_index) return;
        std::erase_if(result_.notes, [this](const Note& note) {
            const bool advises_against = note.code == note_code::covered || note.code == note_code::unused;
            return advises_against && note.index == *result_.shard_key_index;
        });
        if (auto note = shard_key_note(result_, live_collection_)) result_.notes.push_back(std::move(*note));
    }

    const LiveCollection& live_collection_;
    const CompareOptions& options_;
    const RuleContext context_;
    std::vector<DesiredEntry> desired_;
    std::vector<LiveEntry> live_;
    Pairing pairing_;
    std::vector<Judgement> judgements_;
    std::vector<char> builds_;
    std::vector<std::optional<Unmanageable>> unmanageable_;  // of each live index that no definition claims
    std::set<std::string> redundant_names_;
    CollectionComparison result_;
};

}  // namespace

CollectionComparison compare(const std::vector<Desired>& desired, const LiveCollection& live,
                             const CompareOptions& options) {
    return Comparer(desired, live, options).run();
}

}  // namespace mim::index
